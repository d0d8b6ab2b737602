"""Notice when an answer is no answer, but another goal; and read what is added to others."""

from datetime import datetime

from coach.rules import extraction, lexicon, vague
from coach.values import GoalUnderstanding


def is_other(u: GoalUnderstanding, text: str, now: datetime) -> bool:
    """Tell whether *text* wishes for something else than *u*: said as a wish, of another kind."""
    if lexicon.pattern(f"{u.language}/answers", "wish").match(text.strip()) is None:
        return False
    said = extraction.understand(text, now, u.language)
    if said.goal_type is None or vague.is_vague(said):
        return False
    return said.activity != u.activity and said.domain is not u.domain


def behind(text: str, language: str) -> str:
    """Return the goal that stands behind "I want to add another goal:"; else *text* as it is."""
    found = lexicon.pattern(f"{language}/answers", "another_goal").match(text)
    return text[found.end() :] if found else text
