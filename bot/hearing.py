"""Hearing: what the coach makes of words at once, before the journey decides about them."""

from dataclasses import replace

from bot.journey.events import Command, Foreign, Said
from bot.texts import LANGUAGES, texts
from coach.coach import Coach
from coach.values import Danger

MOST_KEPT = 8_000
"""Characters of a text that are kept; danger is looked for in all of it."""


def hear(coach: Coach, said: Said, language: str) -> Said:
    """Complete what was said: danger, a question and its answer, a yes, a foreign language."""
    if not said.text:  # a command alone
        return said
    asks = coach.is_question(said.text, language)
    return replace(
        said,
        text=said.text[:MOST_KEPT],
        safety=coach.triage(said.text),
        asks=asks,
        agrees=coach.assent(said.text),
        answer=(coach.known_answer(said.text, language) or "") if asks else "",
        puzzled=coach.is_puzzled(said.text, language),
        no_goal=coach.is_no_goal(said.text, language),
        foreign=_foreign(coach, said.text, language),
    )


def wish_about_data(coach: Coach, said: Said, language: str) -> Command | None:
    """Take a plain wish about somebody's own data for the command that it asks for."""
    if said.safety.danger is not Danger.NONE:
        return None
    name = coach.data_wish(said.text, language)
    return Command(said.at, said.turn, name) if name else None


def _foreign(coach: Coach, text: str, language: str) -> Foreign | None:
    found = coach.language_of(text, language)
    if found.code in {"", language}:
        return None
    known = ", ".join(texts(one)("language.name") for one in LANGUAGES)
    return Foreign(found.code, found.name, found.code in LANGUAGES, known)
