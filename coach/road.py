"""All the way from a text to a plan, or to a reply, as for somebody who says "you choose"."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coach import cards
from coach.catalogue import texts
from coach.llm.caller import NOBODY, Caller
from coach.llm.errors import BlockedError
from coach.rules import amounts, answers, questions
from coach.values import (
    Drafted,
    GoalUnderstanding,
    Plan,
    Progress,
    Quantity,
    Reading,
    Reply,
    Resolution,
    Route,
    Safety,
    Scores,
)

if TYPE_CHECKING:
    from coach.coach import Coach

YOU_CHOOSE = "you_choose"
_MOST_QUESTIONS = 4  # three, and the summary of a long text
_GOES_ON = (Route.COACH, Route.CLARIFY)
_THIRD_WEEK = Progress(done=1, planned=3, weeks=2, done_4_weeks=4, planned_4_weeks=6)
_MINIMUM = Quantity(5, "min")


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """What became of one text; without a plan, `reading` says why."""

    reading: Reading
    understanding: GoalUnderstanding
    resolution: Resolution | None = None
    plan: Plan | None = None
    scores: Scores | None = None
    language: str = "en"
    answer: str = ""  # to a message of somebody who has a plan
    modes: dict[str, str] = field(default_factory=dict[str, str], hash=False)  # by step

    def __str__(self) -> str:
        return "\n\n".join(self._parts())

    def show(self) -> None:
        """Print the cards, for a Python prompt."""
        print(self)

    def _parts(self) -> list[str]:
        parts = [said for said in (self.reading.reply, self.answer) if said]
        parts += [f"{n}. {part}" for n, part in enumerate(self.reading.parts, 1)]
        parts += [option.label for option in self.reading.options]
        if self.resolution and self.plan and self.scores:
            parts.append(cards.plain(cards.resolution(self.resolution, self.language)))
            parts.append(cards.plain(cards.plan(self.plan, self.language)))
            values = (f"{name} {value:g}" for name, value in self.scores.values.items())
            parts.append(" · ".join(values))
        return parts


async def walk(
    coach: "Coach", text: str, now: datetime, language: str = "en", caller: Caller = NOBODY
) -> EndToEnd:
    """Read, let the coach choose what is open, and build; with the model, where it has one."""
    try:
        reading = await coach.preprocess_goal(text, now=now, language=language, caller=caller)
    except BlockedError:
        reading = await coach.by_rules.preprocess_goal(text, now=now, language=language)
    if reading.route not in _GOES_ON:
        return EndToEnd(reading, reading.understanding, language=language)
    u = chosen(reading, now)
    made = await coach.generate_resolution(u, today=now.date(), caller=caller)
    planned = await coach.create_plan(u, made.work, today=now.date(), caller=caller)
    values = {**made.scores.values, **planned.scores.values}
    reasons = {**made.scores.reasons, **planned.scores.reasons}
    overall = round(sum(values.values()) / len(values), 1)
    modes = {"generate_resolution": made.mode, "create_plan": planned.mode}
    scores = Scores(values, overall, reasons)
    return EndToEnd(reading, u, made.work, planned.work, scores, language, modes=modes)


async def answer(
    coach: "Coach", text: str, now: datetime, language: str = "en", caller: Caller = NOBODY
) -> EndToEnd:
    """Reply to a message of somebody in the third week of a plan, of whom little else is known."""
    minimum = amounts.said(_MINIMUM, texts(language))
    progress = replace(_THIRD_WEEK, language=language, minimum=minimum)
    try:
        made = await coach.coaching_reply(text, progress, now=now, caller=caller)
    except BlockedError:
        made = await coach.by_rules.coaching_reply(text, progress, now=now)
    return _answered(text, language, made)


def _answered(text: str, language: str, made: Drafted[Reply]) -> EndToEnd:
    u = GoalUnderstanding(text, language)
    return EndToEnd(
        Reading(Route.COACH, Safety(), u),
        u,
        scores=made.scores,
        language=language,
        answer=made.work.text,
        modes={"coaching_reply": made.mode},
    )


def chosen(reading: Reading, now: datetime) -> GoalUnderstanding:
    """Answer every question with "you choose"."""
    u, asked = reading.understanding, reading.questions
    for _ in range(_MOST_QUESTIONS):
        if not asked:
            break
        u, _ = answers.fill(u, asked[0].slot, YOU_CHOOSE, now, option=True)
        asked = questions.remaining(u, now)
    return u
