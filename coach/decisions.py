"""What the coach decides by rules alone, with or without a model: at once, and without waiting.

What may be dangerous, what somebody means, and what becomes of their goal and their plan.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from coach import cards, scoring, spans
from coach.lived import Lived
from coach.plan_wishes import PlanWish, Reworked
from coach.rules import (
    answers,
    assent,
    changing,
    check_in_words,
    data_wishes,
    defaults,
    faq,
    languages,
    next_week,
    not_goals,
    other_goal,
    pauses,
    questions,
    reasons,
    reshaping,
    safety,
    understanding,
    warming,
    wishes,
)
from coach.steps import adapt_week, safety_triage
from coach.tracing import span, traced
from coach.values import (
    RULES,
    Drafted,
    GoalUnderstanding,
    Language,
    Plan,
    Progress,
    Question,
    Safety,
    Slot,
    Wish,
)
from coach.weeks import AfterReason, CheckInRead, Proposal


class Decisions:
    """What is decided by rules whichever way the coach words things."""

    def warming(self) -> Iterator[Callable[[], object]]:
        """Give the steps that build what the first text would wait for, each for a thread."""
        return warming.steps()

    def data_wish(self, text: str, language: str) -> str:
        """Name the command that a plain wish about one's own data asks for, or none."""
        return data_wishes.of(text, language)

    @traced(safety_triage.STEP.name, spans.looked)
    def triage(self, text: str) -> Safety:
        """Look for danger; comes before everything else, in every language."""
        return safety.triage(text)

    def triage_blocked(self, found: Safety) -> Safety:
        """Settle how dangerous a text is that the model's provider refused as unsafe."""
        return safety_triage.settled(found, safety_triage.BLOCKED)

    def language_of(self, text: str, current: str) -> Language:
        """Tell which language *text* is in; a short text is in the *current* one."""
        return languages.of(text, current)

    def is_question(self, text: str, language: str) -> bool:
        """Tell whether a text asks us for an answer; a polite wish does not."""
        return faq.is_question(text, language)

    def is_puzzled(self, text: str, language: str) -> bool:
        """Tell whether a text asks nothing but what we mean, or why we ask."""
        return faq.is_puzzled(text, language)

    def is_no_goal(self, text: str, language: str) -> bool:
        """Tell whether a text is something else than a goal: a greeting, a yes, a question."""
        return not_goals.recognise(text, language) is not None

    def assent(self, text: str) -> bool | None:
        """Tell a plain yes (True) or no (False) to what is shown; None for any other words."""
        return assent.of(text)

    def read_check_in(self, text: str, language: str) -> CheckInRead:
        """Read a check-in answered in words; its state is None when the text is no answer."""
        return check_in_words.read(text, language)

    def classify_reason(self, text: str, language: str) -> str:
        """Return the code of what got in the way, as listed in `coach.rules.reasons`."""
        return reasons.classify(text, language)

    def after_reason(self, code: str, progress: Progress) -> AfterReason:
        """Answer a reason with a line of understanding, and an option or a pause to offer."""
        return reasons.after(code, progress)

    def wish(self, text: str, language: str) -> Wish:
        """Tell what a message of everyday life wants."""
        return wishes.of(text, language)

    def pause_end(self, text: str, today: date, language: str) -> date | None:
        """Read until which day a pause is to last; None when the text names none."""
        return pauses.end(text, today, language)

    def questions(self, u: GoalUnderstanding, now: datetime) -> tuple[Question, ...]:
        """List what is still worth asking, three questions in all."""
        return questions.remaining(u, now)

    def usual_days(self, u: GoalUnderstanding, today: date) -> tuple[int, ...]:
        """Return the days of the week on which a goal is meant, where nobody said other ones."""
        return defaults.settle(u, today).days

    def answer(
        self, u: GoalUnderstanding, slot: Slot, said: str, now: datetime, option: bool = False
    ) -> tuple[GoalUnderstanding, bool]:
        """Take a tap (*option*) or free text as the answer; False when it was not understood."""
        return answers.fill(u, slot, said, now, option)

    def is_other_goal(self, u: GoalUnderstanding, text: str, now: datetime) -> bool:
        """Tell whether an answer about *u* wishes for another goal instead."""
        return other_goal.is_other(u, text, now)

    def revise(
        self, u: GoalUnderstanding, text: str, now: datetime, wording: bool = True
    ) -> tuple[GoalUnderstanding, bool]:
        """Take a change request; False when it was not understood.

        *wording*: words that ask for nothing become the first line, as beside a resolution.
        """
        return answers.revise(u, text, now, wording)

    def resize(self, u: GoalUnderstanding, code: str, now: datetime) -> GoalUnderstanding:
        """Turn the way chosen for a goal that is too fast into a workable goal."""
        return understanding.resize(u, code, now)

    def reshape(self, u: GoalUnderstanding, how: str, today: date) -> GoalUnderstanding:
        """Change the shape of the next plan: "easier", "later" … as in `coach.rules.reshaping`."""
        return reshaping.reshape(u, how, today)

    def adapt_week(self, plan: Plan, u: GoalUnderstanding, number: int, taken: Proposal) -> Plan:
        """Return the plan with week *number* + 1 as a review of week *number* proposed it."""
        return next_week.adapted(plan, u, number, taken)

    def rework(self, life: Lived, wish: PlanWish, now: datetime) -> Drafted[Reworked] | None:
        """Change a plan under way; None when the wish cannot be read."""
        with span(adapt_week.STEP.name) as opened:
            made = changing.rework(life, wish, now)
            if made is None:
                spans.by_rules(opened)
                return None
            scored = scoring.plan(made.plan, made.understanding)
            return spans.drafted(opened, Drafted(made, scored, RULES), _card)


def _card(made: Reworked) -> str:
    return cards.plain(cards.plan(made.plan, made.understanding.language))
