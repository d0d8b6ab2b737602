"""HOME: what comes next, the plan, the goals, a talk."""

from bot.journey.events import GoalsFound, Replied, Said
from bot.journey.rows import CONSENTED, S, command, move, tap
from bot.journey.stages import home

# fmt: off
ROWS = (
    #    at            when               do                          to
    tap (S.HOME,       "hm",              home.tap,                   S.HOME),
    move(S.HOME,       Said,              home.listen,                S.HOME),
    move(S.HOME,       Replied,           home.reply,                 S.HOME),

    *(command(stage,   f"/{name}",        home.look_up,               stage)
      for stage in CONSENTED for name in ("plan", "today")),
    *(move(stage,      GoalsFound,        home.show,                  stage)
      for stage in CONSENTED),
)
# fmt: on
