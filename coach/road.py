"""All the way from a text to a plan in one call, as for somebody who says "you choose"."""

from dataclasses import dataclass
from datetime import datetime

from coach import cards
from coach.rules import answers, plan, questions, resolution, scores, understanding
from coach.values import GoalUnderstanding, Plan, Reading, Resolution, Route, Scores

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


def walk(text: str, now: datetime, language: str = "en") -> EndToEnd:
    """Read, let the coach choose what is open, and build."""
    reading = understanding.read(text, now, language)
    if reading.route not in _GOES_ON:
        return EndToEnd(reading, reading.understanding, language=language)
    u = chosen(reading, now)
    made = resolution.build(u, now.date())
    planned = plan.build(u, made, now.date())
    both = scores.resolution(made, u), scores.plan(planned, u)
    values = {name: value for scored in both for name, value in scored.values.items()}
    reasons = {name: reason for scored in both for name, reason in scored.reasons.items()}
    overall = round(sum(values.values()) / len(values), 1)
    return EndToEnd(reading, u, made, planned, Scores(values, overall, reasons), language)


def chosen(reading: Reading, now: datetime) -> GoalUnderstanding:
    """Answer every question with "you choose"."""
    u, asked = reading.understanding, reading.questions
    for _ in range(_MOST_QUESTIONS):
        if not asked:
            break
        u, _ = answers.fill(u, asked[0].slot, YOU_CHOOSE, now, option=True)
        asked = questions.remaining(u, now)
    return u
