"""Company while a plan is lived: check-ins, reasons, reviews, lapses and the end.

Their buttons belong to a goal's day and act at every stage. In the middle of a set-up they
are taken and the set-up stays where it is; in everyday talk and on screens they lead on.
"""

from bot.journey.conversation import EVERYDAY, SCREENS, Stage
from bot.journey.events import Due
from bot.journey.found import DueFound, PlanChanged, ReasonAnswered, Reviewed
from bot.journey.rows import CONSENTED, S, about, command, found, move
from bot.journey.stages import (
    change,
    check_in,
    finish,
    how_much,
    lapse,
    nudging,
    occasions,
    reason,
    review,
    stars,
    stats,
)


def _to(stage: Stage, *to: Stage) -> tuple[Stage, ...]:
    """Lead on from everyday talk and from screens; a set-up stays where it is."""
    return (stage, *to) if stage in (*EVERYDAY, *SCREENS) else (stage,)


# fmt: off
ROWS = tuple(row for at in CONSENTED for row in (
    #        at   when        do                     to
    command (at,  "/done",    check_in.open_,        at),
    found   (at,  "done",     check_in.opened,       *_to(at, S.CHECK_IN)),
    command (at,  "/review",  review.open_,          at),
    found   (at,  "review",   review.opened,         at),

    *(about (at,  action,     occasions.look_up,     at)
      for action in occasions.OPEN_FOR),
    found   (at,  "ci",       check_in.tapped,       *_to(at, S.HOME, S.CHECK_IN, S.REASON)),
    found   (at,  "am",       how_much.tapped,       at),
    found   (at,  "rs",       reason.tapped,         *_to(at, S.HOME)),
    found   (at,  "ro",       reason.take_option,    at),
    move    (at,  ReasonAnswered, reason.answered,   *_to(at, S.HOME)),
    found   (at,  "wr",       review.tapped,         *_to(at, S.HOME, S.REVIEW, S.GOAL), S.PAUSE),
    move    (at,  Reviewed,   review.reviewed,       *_to(at, S.HOME, S.REVIEW)),
    found   (at,  "wp",       stats.draw,            at),
    found   (at,  "lp",       lapse.tapped,          *_to(at, S.HOME), S.PAUSE),
    found   (at,  "sp",       stars.plan_tapped,     at),
    found   (at,  "fn",       finish.tapped,         *_to(at, S.HOME, S.FINISH, S.GOAL)),
    found   (at,  "kp",       finish.kept_tapped,    *_to(at, S.HOME)),
    move    (at,  PlanChanged, change.changed,       *_to(at, S.HOME)),
    move    (at,  DueFound,    nudging.decide,
             *_to(at, S.HOME, S.CHECK_IN, S.LAPSE, S.FINISH), S.PAUSED, S.RETURN),
)) + tuple(move(at, Due, nudging.look, at) for at in S)
# fmt: on
