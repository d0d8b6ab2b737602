"""The judge's scores of a coaching reply, from it and the message it answers alone."""

from coach.steps.judging import Mark, Verdict
from coach.steps.step import Step


class ReplyVerdict(Verdict):
    """A verdict on a reply."""

    relevance: Mark
    personalization: Mark
    motivation: Mark


STEP = Step("evaluate_reply", ReplyVerdict, 260, temperature=0, judges=True)
