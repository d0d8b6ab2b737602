"""HOME: where things stand, the plan, the goals; and everything said out of everyday life."""

from bot.journey.conversation import EVERYDAY
from bot.journey.events import Said, SentOther
from bot.journey.found import GoalsFound, Replied, WishHeard
from bot.journey.pictures import StatsFound
from bot.journey.rows import CONSENTED, S, command, found, move, tap
from bot.journey.stages import change, check_in, coach, home, report, safety, stats, wishes

ELSEWHERE = tuple(stage for stage in CONSENTED if stage not in EVERYDAY)

# fmt: off
_EVERYDAY = tuple(row for stage in EVERYDAY for row in (
    #    at            when               do                          to
    tap (stage,        "hm:done",         check_in.open_,             stage),
    tap (stage,        "hm",              home.tap,                   stage, S.COACH),
    move(stage,        Said,              home.listen,                stage),
    move(stage,        SentOther,         home.no_words,              stage),
    found(stage,       "emoji",           home.emoji,                 stage, S.CHECK_IN),
    move(stage,        WishHeard,         wishes.heard,               *EVERYDAY, S.GOAL, S.PAUSE),
    move(stage,        GoalsFound,        home.show,                  *EVERYDAY, S.GOAL),

    move(stage,        Replied,           coach.reply,                S.COACH),
    tap (stage,        "co:talk",         safety.support,             stage),
    tap (stage,        "co",              coach.tap,                  stage, S.HOME, S.PAUSE),
    found(stage,       "co",              coach.tapped,               stage, S.HOME, S.CHECK_IN),
    tap (stage,        "hc",              change.tap,                 stage, S.HOME),
    found(stage,       "hc",              change.tapped,              stage),
    tap (stage,        "rp",              report.tap,                 stage, S.HOME),
    tap (stage,        "ww:skip",         check_in.skip_what_worked,  S.HOME),
))
ROWS = (
    *_EVERYDAY,
    found(S.CHECK_IN,  "rp",              report.tapped,              *EVERYDAY),
    *(command(stage,   f"/{name}",        home.look_up,               stage)
      for stage in CONSENTED for name in ("plan", "today")),
    *(move(stage,      GoalsFound,        home.show,                  stage)
      for stage in ELSEWHERE),
    *(command(stage,   "/stats",          stats.look_up,              stage)
      for stage in CONSENTED),
    *(move(stage,      StatsFound,        stats.tell,                 stage)
      for stage in CONSENTED),
)
# fmt: on
