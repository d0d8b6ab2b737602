"""Danger: what words of it lead to, from everywhere, and the stages that hold it."""

from bot.journey.conversation import SAFETY
from bot.journey.events import Command, Criticised, Said, SentOther, Starred, Unknown
from bot.journey.found import DueFound, GoalRead
from bot.journey.moves.setup import READ
from bot.journey.rows import KNOWN, OPEN, S, alarm, command, move, of_subject, tap
from bot.journey.stages import anywhere, check, goal, heavy, hold, minors, nudging, referred, safety

ALARMED = tuple(stage for stage in OPEN if stage is not S.DATA)  # that question is left first
CALM = tuple(stage for stage in ALARMED if stage is not S.CONSENT)
LEFT = (S.HOME, S.PAUSED, S.GOAL, S.CONSENT)  # where somebody rests when nothing is going on

# fmt: off
ROWS = (
    #    at              when               do                          to
    *(alarm(stage,       safety.meet,                stage, *SAFETY) for stage in ALARMED),
    *(tap(stage,         "sf:help",         safety.support,             stage) for stage in S),
    *(tap(stage,         "sf:better",       hold.better,                stage) for stage in KNOWN),
    *(move(stage,        DueFound,          nudging.decide,             stage)
      for stage in (S.SAFETY_CHECK, S.SAFETY_HOLD, S.REFERRED)),
    *(tap(stage,         "sf:del",          safety.forget,              stage) for stage in KNOWN),
    *(command(stage,     "/sos",            safety.support,             stage) for stage in S),
    *(tap(stage,         "hv:leave",        heavy.leave,                *OPEN) for stage in CALM),
    *(tap(stage,         "hv:small",        heavy.take_one_small,       *OPEN) for stage in CALM),
    *(move(stage,        Starred,           anywhere.already_answered,  stage) for stage in SAFETY),
    *(move(stage,        Criticised,        anywhere.already_answered,  stage) for stage in SAFETY),
    *(of_subject(stage,  code,              anywhere.already_answered,  stage)
      for stage in SAFETY for code in ("rm", "ra", "rc")),
    *(move(stage,        Unknown,           anywhere.unknown_tap,       stage) for stage in SAFETY),

    alarm(S.SAFETY_CHECK,                   safety.meet_in_check,                *OPEN, *SAFETY),
    tap (S.SAFETY_CHECK, "sf:yes",          check.yes,                  S.SAFETY_HOLD),
    tap (S.SAFETY_CHECK, "sf:low",          check.low,                  *OPEN),
    tap (S.SAFETY_CHECK, "sf:fig",          check.figure_of_speech,     *OPEN),
    tap (S.SAFETY_CHECK, "sf:adult",        check.adult,                *OPEN),
    tap (S.SAFETY_CHECK, "sf:young",        check.young,                S.ADULT_ONLY),
    move(S.SAFETY_CHECK, Said,              check.listen,               *OPEN, *SAFETY),
    move(S.SAFETY_CHECK, SentOther,         check.unclear,              *OPEN, S.SAFETY_CHECK),
    command(S.SAFETY_CHECK, "/help",        safety.support,             S.SAFETY_CHECK),
    command(S.SAFETY_CHECK, "/cancel",      check.low,                  *OPEN),
    command(S.SAFETY_CHECK, "/back",        check.low,                  *OPEN),
    move(S.SAFETY_CHECK, Command,           check.unclear,              *OPEN, S.SAFETY_CHECK),

    alarm(S.SAFETY_HOLD,                    hold.meet,                  S.SAFETY_HOLD),
    tap (S.SAFETY_HOLD,  "sf:safe",         hold.safe,                  S.SAFETY_HOLD),
    tap (S.SAFETY_HOLD,  "sf:fig",          hold.figure_of_speech,      *OPEN),
    tap (S.SAFETY_HOLD,  "sf:tom",          hold.ask_tomorrow,          S.SAFETY_HOLD),
    tap (S.SAFETY_HOLD,  "sf:no",           hold.ask_nothing,           S.SAFETY_HOLD),
    move(S.SAFETY_HOLD,  Said,              hold.answer,                S.SAFETY_HOLD),
    move(S.SAFETY_HOLD,  SentOther,         hold.answer,                S.SAFETY_HOLD),
    *(command(S.SAFETY_HOLD, f"/{name}",    safety.support,             S.SAFETY_HOLD)
      for name in ("help", "cancel", "back")),
    move(S.SAFETY_HOLD,  Command,           hold.answer,                S.SAFETY_HOLD),

    alarm(S.REFERRED,                       safety.meet_in_referral,             *OPEN, *SAFETY),
    tap (S.REFERRED,     "rf:prep",         referred.prepare,           *LEFT),
    tap (S.REFERRED,     "rf:new",          referred.other_goal,        S.GOAL),
    move(S.REFERRED,     Said,              referred.listen,            S.REFERRED, *LEFT),
    move(S.REFERRED,     GoalRead,          goal.read,                  *READ),
    move(S.REFERRED,     SentOther,         referred.again,             S.REFERRED),
    command(S.REFERRED,  "/help",           safety.support,             S.REFERRED),
    command(S.REFERRED,  "/cancel",         referred.other_goal,        S.GOAL),
    command(S.REFERRED,  "/back",           referred.other_goal,        S.GOAL),
    move(S.REFERRED,     Command,           referred.again,             S.REFERRED),

    alarm(S.ADULT_ONLY,                     minors.meet,                S.ADULT_ONLY),
    move(S.ADULT_ONLY,   Said,              minors.answer,              S.ADULT_ONLY),
    command(S.ADULT_ONLY, "/help",          minors.help_,               S.ADULT_ONLY),
    move(S.ADULT_ONLY,   Command,           minors.answer,              S.ADULT_ONLY),
    move(S.ADULT_ONLY,   SentOther,         minors.stay_silent,         S.ADULT_ONLY),
)
# fmt: on
