"""What belongs to the person and can be changed: goals, pauses, plans, settings."""

from bot.journey.conversation import EVERYDAY
from bot.journey.events import Said
from bot.journey.found import MemoryFound, OwnedFound, PauseEndRead, Replied
from bot.journey.rows import CONSENTED, S, command, move, tap
from bot.journey.stages import crowd, feedback, goals, memory, pause, quiet, settings, stars, undo

OPEN = tuple(stage for stage in CONSENTED if stage is not S.DATA)  # DATA takes one answer only
RESTS = (S.HOME, S.GOAL, S.PAUSED)
LISTS = (S.GOALS, S.DELETE_GOAL, S.CROWDED, S.CLARIFY, S.GOAL)  # where a list of goals may lead
LOOKING = (
    S.GOALS,
    S.DELETE_GOAL,
    S.CROWDED,
    S.PAUSED,
    S.RETURN,
)  # stages with an answer of their own

# fmt: off
ROWS = (
    #    at            when               do                          to
    *(command(stage,   "/goals",          goals.start,                S.GOALS)
      for stage in OPEN),
    *(tap(stage,       "hm:goals",        goals.start,                S.GOALS)
      for stage in EVERYDAY),
    tap (S.GOALS,      "go",              goals.open_card,            S.GOALS),
    tap (S.GOALS,      "gv:close",        goals.close,                *RESTS),
    tap (S.GOALS,      "gv",              goals.act,                  S.GOALS),
    move(S.GOALS,      Said,              goals.listen,               S.GOALS),
    move(S.GOALS,      OwnedFound,        goals.found,                *LISTS),
    tap (S.DELETE_GOAL, "dg:yes",         goals.delete,               S.DELETE_GOAL),
    tap (S.DELETE_GOAL, "dg:no",          goals.keep,                 S.GOALS),
    move(S.DELETE_GOAL, OwnedFound,       goals.found,                S.DELETE_GOAL, S.GOALS),

    *(command(stage,   "/goal",           crowd.start,                S.CROWDED)
      for stage in OPEN),
    tap (S.CROWDED,    "cr:no",           crowd.leave,                *RESTS),
    tap (S.CROWDED,    "cr",              crowd.choose,               S.CROWDED),
    move(S.CROWDED,    Said,              crowd.listen,               S.CROWDED),
    move(S.CROWDED,    OwnedFound,        crowd.found,                S.CROWDED, *RESTS),

    *(command(stage,   "/pause",          pause.start,                S.PAUSE, S.PAUSED)
      for stage in OPEN),
    tap (S.PAUSE,      "ps:no",           pause.decline,              *RESTS),
    tap (S.PAUSE,      "ps",              pause.choose,               S.PAUSE, S.PAUSED),
    move(S.PAUSE,      Said,              pause.listen_until,         S.PAUSE),
    move(S.PAUSE,      PauseEndRead,      pause.end_read,             S.PAUSE, S.PAUSED, S.HOME),
    tap (S.PAUSED,     "ps:keep",         pause.keep,                 S.PAUSED),
    tap (S.PAUSED,     "ps:go",           pause.go_on,                S.RETURN),
    tap (S.PAUSED,     "ps:close",        pause.close,                S.PAUSED),
    move(S.PAUSED,     OwnedFound,        pause.found,                S.GOALS, *RESTS),
    move(S.PAUSED,     Said,              pause.listen,               S.PAUSED, S.RETURN),
    move(S.PAUSED,     Replied,           pause.reply,                S.PAUSED),
    *(command(stage,   "/resume",         pause.resume,               stage, S.RETURN)
      for stage in OPEN),
    tap (S.RETURN,     "rn",              pause.take_return,          S.RETURN),
    move(S.RETURN,     Said,              pause.leave_return,         S.RETURN),
    move(S.RETURN,     OwnedFound,        pause.back,                 S.HOME, S.GOAL, S.CLARIFY),

    *(command(stage,   f"/{name}",        undo.look_up,               stage)
      for stage in OPEN for name in ("undo", "why")),
    *(move(stage,      OwnedFound,        stars.found,                stage, S.REVISE)
      for stage in EVERYDAY),
    *(move(stage,      OwnedFound,        undo.found,                 stage)
      for stage in OPEN if stage not in (*LOOKING, *EVERYDAY)),

    *(command(stage,   "/settings",       settings.start,             S.SETTINGS)
      for stage in OPEN),
    *(command(stage,   f"/{name}",        settings.start_with,        S.SETTINGS)
      for stage in OPEN for name in ("language", "timezone")),
    *(command(stage,   "/quiet",          quiet.start,                stage)
      for stage in CONSENTED),
    *(tap(stage,       "qt",              quiet.choose,               stage)
      for stage in CONSENTED),

    tap (S.SETTINGS,   "st:ok",           settings.close,             *RESTS),
    tap (S.SETTINGS,   "st",              settings.open_item,         S.SETTINGS),
    tap (S.SETTINGS,   "sv",              settings.choose,            S.SETTINGS),
    move(S.SETTINGS,   Said,              settings.listen,            S.SETTINGS),

    *(command(stage,   "/feedback",       feedback.start,             S.FEEDBACK, stage)
      for stage in OPEN if stage is not S.FEEDBACK),
    command(S.FEEDBACK, "/feedback",      feedback.start,             S.FEEDBACK, *RESTS),
    move(S.FEEDBACK,   Said,              feedback.listen,            *RESTS),

    *(command(stage,   "/memory",         memory.start,               S.MEMORY)
      for stage in OPEN),
    tap (S.MEMORY,     "mm:close",        memory.close,               *RESTS),
    tap (S.MEMORY,     "mm",              memory.tap,                 S.MEMORY),
    move(S.MEMORY,     Said,              memory.listen,              S.MEMORY),
    move(S.MEMORY,     MemoryFound,       memory.found,               S.MEMORY),
)
# fmt: on
