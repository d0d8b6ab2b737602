"""What may happen in every stage."""

from bot.journey.conversation import EVERYDAY
from bot.journey.events import Command, Criticised, SentOther, Starred, Unknown
from bot.journey.found import Rewritten
from bot.journey.rows import CONSENTED, OPEN, S, command, move, of_subject, tap
from bot.journey.stages import anywhere, examples, feedback, helping, opinions, stars

LEFT_FOR = (S.GOAL, S.HOME, S.PAUSED, S.GOALS, S.RETURN)
TOO_EARLY = (
    "back", "plan", "today", "goals", "goal", "pause", "resume", "undo", "why", "settings",
    "language", "timezone", "feedback", "memory", "done", "review", "stats", "quiet",
)  # fmt: skip
LANDING = {stage: (S.HOME,) if stage in EVERYDAY else () for stage in S}
"""Where the summary is shown that /start brings."""

ASKED_AGAIN = {
    stage: (S.MEMORY,) if stage in EVERYDAY else (S.REVISE,) if stage in stars.JUST_AGREED else ()
    for stage in S
}
"""Where few stars lead: to the facts, or to a change of what was just agreed."""

TALKING = tuple(stage for stage in CONSENTED if stage is not S.DATA)
"""Where a comment may be asked for: that question is left first, and before consent none is."""

# fmt: off
ROWS = (
    #    at            when               do                          to
    *(tap(stage,       "re:go",           anywhere.go_on,             *CONSENTED)
      for stage in (S.RESUME, S.GOAL, *EVERYDAY)),
    *(tap(stage,       "re:new",          anywhere.start_afresh,      S.GOAL)
      for stage in (S.RESUME, S.GOAL, *EVERYDAY)),

    *(command(stage,   "/start",          anywhere.start,             stage, *LANDING[stage])
      for stage in OPEN),
    *(command(stage,   "/help",           helping.look_up,            stage) for stage in OPEN),
    *(command(stage,   "/cancel",         anywhere.cancel,            stage, *LEFT_FOR)
      for stage in OPEN if stage is not S.DATA),
    *(command(stage,   "/back",           anywhere.back,              stage, *CONSENTED)
      for stage in CONSENTED),
    *(command(S.CONSENT, f"/{name}",      anywhere.too_early,         S.CONSENT)
      for name in TOO_EARLY),
    *(move(stage,      Command,           anywhere.unknown_command,   stage)
      for stage in OPEN if stage is not S.DATA),
    *(move(stage,      SentOther,         anywhere.no_words,          stage)
      for stage in OPEN if stage not in EVERYDAY),
    *(move(stage,      Starred,           stars.take_stars,           stage) for stage in OPEN),
    *(move(stage,      Criticised,        stars.take_reason,          stage, *ASKED_AGAIN[stage])
      for stage in OPEN),
    *(move(stage,      Rewritten,         stars.rewritten,            stage) for stage in OPEN),
    *(of_subject(stage, "rm",             opinions.more,              stage, S.FEEDBACK)
      for stage in TALKING),
    *(of_subject(stage, "rc",             feedback.comment,           S.FEEDBACK)
      for stage in TALKING),
    *(of_subject(stage, code,             anywhere.already_answered,  stage)
      for stage in (S.CONSENT, S.DATA) for code in ("rm", "rc")),
    *(of_subject(stage, "ra",             opinions.answer,            stage) for stage in OPEN),
    *(tap(stage,       "ex",              examples.tapped,            stage)
      for stage in CONSENTED),
    *(tap(stage,       "sy:firm",         stars.keep_plain,           stage)
      for stage in CONSENTED),
    *(move(stage,      Unknown,           anywhere.unknown_tap,       stage) for stage in OPEN),
)
# fmt: on
