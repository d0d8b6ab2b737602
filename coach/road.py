"""All the way from a text to a plan in one call, as for somebody who says "you choose"."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from coach import cards
from coach.llm.caller import NOBODY, Caller
from coach.llm.errors import BlockedError
from coach.rules import answers, questions
from coach.values import GoalUnderstanding, Plan, Reading, Resolution, Route, Scores

if TYPE_CHECKING:
    from coach.coach import Coach

YOU_CHOOSE = "you_choose"
_MOST_QUESTIONS = 4  # three, and the summary of a long text
_GOES_ON = (Route.COACH, Route.CLARIFY)


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """What became of one text; without a plan, `reading` says why."""

    reading: Reading
    understanding: GoalUnderstanding
    resolution: Resolution | None = None
    plan: Plan | None = None
    scores: Scores | None = None
    language: str = "en"
    modes: dict[str, str] = field(default_factory=dict[str, str], hash=False)  # by step

    def __str__(self) -> str:
        return "\n\n".join(self._parts())

    def show(self) -> None:
        """Print the cards, for a Python prompt."""
        print(self)

    def _parts(self) -> list[str]:
        parts = [self.reading.reply] if self.reading.reply else []
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
    return EndToEnd(reading, u, made.work, planned.work, scores, language, modes)


def chosen(reading: Reading, now: datetime) -> GoalUnderstanding:
    """Answer every question with "you choose"."""
    u, asked = reading.understanding, reading.questions
    for _ in range(_MOST_QUESTIONS):
        if not asked:
            break
        u, _ = answers.fill(u, asked[0].slot, YOU_CHOOSE, now, option=True)
        asked = questions.remaining(u, now)
    return u
