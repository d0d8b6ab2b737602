"""The road of a project: steps with a finished state, in the person's own noun."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coach.rules import languages, phrases, wording
from coach.values import GoalUnderstanding

if TYPE_CHECKING:  # goals are settled with the help of this module
    from coach.rules.goal import Goal

_WORDS = Path(__file__).parent / "words"
_OTHER = "other"
_MOST_THING_WORDS = 6
_SEVERAL = re.compile(r"\b(\d+|two|three|four|five|several|applications|grants)\b", re.IGNORECASE)


def name(u: GoalUnderstanding) -> str:
    """Return the road that the project's words ask for."""
    found = _found(u)
    if found and found[0] == "application" and not _SEVERAL.search(u.text):
        return "submission"
    return found[0] if found else _OTHER


def _found(u: GoalUnderstanding) -> tuple[str, str] | None:
    """Return the road and the word that names it: the first in the behaviour, else in the text."""
    for said in (u.behaviour.lower(), u.text[:200].lower()):
        matches = [
            (m.start(), key, m[0])
            for key, road in _roads(u.language).items()
            if (m := road.search(said))
        ]
        if matches:
            return min(matches)[1:]
    return None


def steps(goal: "Goal") -> list[str]:
    """List the steps of the project, the last one is the finish."""
    t = goal.t
    prefix = f"template.{name(goal.u)}"
    return [t(key, thing=thing(goal)) for key in t.variants(prefix)]


def first(goal: "Goal") -> str:
    """Write the first move, small enough for a quarter of an hour."""
    return goal.t(f"template.{name(goal.u)}.first", thing=thing(goal))


def thing(goal: "Goal") -> str:
    """Return what the project is about: "the garage", "my portfolio site"."""
    u, t = goal.u, goal.t
    cut = wording.patterns(u.language).cut
    noun = phrases.thing_of(u.behaviour, u.language)
    noun = cut["article"].sub("the ", cut["thing_end"].sub("", noun))
    named = noun and noun != u.behaviour and not cut["preposition"].match(noun)
    if named and len(noun.split()) <= _MOST_THING_WORDS:
        return noun
    found = _found(u) if languages.is_english(u.text) else None
    return t("template.my", noun=found[1]) if found and not u.behaviour else t("template.it")


def named(goal: "Goal") -> str:
    """Say what gets done in the person's words, or finish the thing they named."""
    return goal.u.behaviour or goal.t("named.finish", thing=thing(goal))


@cache
def _roads(language: str) -> dict[str, re.Pattern[str]]:
    file = _WORDS / language / "templates.toml"
    with (file if file.is_file() else _WORDS / "en" / "templates.toml").open("rb") as source:
        return {key: re.compile(text) for key, text in tomllib.load(source).items()}
