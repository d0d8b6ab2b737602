"""What is kept about somebody, from wherever they are; and what the operator may ask."""

from bot.journey.house import (
    Administered,
    Counted,
    Disclosed,
    Exported,
    Invited,
    TokenDrawn,
)
from bot.journey.rows import CONSENTED, KNOWN, S, command, move, tap
from bot.journey.stages import consent, data

# fmt: off
ROWS = (
    #    at            when               do                          to
    tap (S.CONSENT,    "cs:r",            consent.agree_again,        *CONSENTED),

    *(command(stage,   "/privacy",        data.explain,               stage) for stage in KNOWN),
    *(move(stage,      Disclosed,         data.disclose,              stage) for stage in KNOWN),
    *(command(stage,   "/export",         data.take_away,             stage) for stage in KNOWN),
    *(move(stage,      Exported,          data.hand_over,             stage) for stage in KNOWN),
    *(command(stage,   "/delete",         data.prepare,               stage) for stage in KNOWN),
    *(move(stage,      TokenDrawn,        data.confirm,               S.DATA) for stage in KNOWN),
    tap (S.DATA,       "dt",              data.decide,                *S),
    command(S.DATA,    "/cancel",         data.keep,                  *S),
    command(S.DATA,    "/back",           data.keep,                  *S),

    *(move(stage,      Administered,      data.administer,            stage) for stage in KNOWN),
    *(move(stage,      Invited,           data.invited,               stage) for stage in KNOWN),
    *(move(stage,      Counted,           data.counted,               stage) for stage in KNOWN),
)
# fmt: on
