"""The road of a project: steps with a finished state, in the person's own noun."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coach.rules import languages, phrases, splices, wording
from coach.values import GoalUnderstanding

if TYPE_CHECKING:  # goals are settled with the help of this module
    from coach.rules.goal import Goal

_WORDS = Path(__file__).parent / "words"
_OTHER = "other"
_MOST_THING_WORDS = 6
_SHORT_THING_WORDS = 3
_BOTH = re.compile(r"\s(?:and|&|y|e)\s")
_SEVERAL = re.compile(r"\b(\d+|two|three|four|five|several|applications|grants)\b", re.IGNORECASE)


def name(u: GoalUnderstanding) -> str:
    """Return the road that the project's words ask for."""
    found = _found(u)
    if found and found[0] == "application" and not _SEVERAL.search(u.behaviour):
        return "submission"
    return found[0] if found else _OTHER


def _found(u: GoalUnderstanding) -> tuple[str, str] | None:
    """Return the road and the word that names it: in the behaviour's noun, else in the text."""
    for said in (_noun_of(u), u.behaviour.lower() or u.text[:200].lower()):
        matches = [
            (m.end(), -m.start(), key, m[0])
            for key, road in _roads(u.language).items()
            for m in road.finditer(said)
        ]
        if matches:
            return max(matches)[2:]
    return None


def _noun_of(u: GoalUnderstanding) -> str:
    """Return the behaviour up to where something is said about its noun: "a talk" (at work)."""
    verb, _, rest = u.behaviour.lower().partition(" ")
    about = wording.patterns(u.language).cut["about_noun"].search(rest)
    return f"{verb} {rest[: about.start()] if about else rest}"


def steps(goal: "Goal") -> list[str]:
    """List the steps of the project, the last one is the finish."""
    if goal.u.ideas.steps:
        return list(goal.u.ideas.steps)
    t, slots = goal.t, _slots(goal)
    return [t(key, **slots) for key in t.variants(f"template.{name(goal.u)}")]


def first(goal: "Goal") -> str:
    """Write the first move, small enough for a quarter of an hour."""
    return goal.t(f"template.{name(goal.u)}.first", **_slots(goal))


def _slots(goal: "Goal") -> dict[str, str]:
    """Return what the project is about, in full and in the short form that can be repeated."""
    whole, found = thing(goal), _found(goal.u)
    named = found and found[1] in whole.lower() and len(whole.split()) > _SHORT_THING_WORDS
    named = named and not _BOTH.search(whole)
    short = _shorter(goal, whole, found[1]) if named and found else whole
    return {"thing": whole, "noun": short}


def _shorter(goal: "Goal", whole: str, noun: str) -> str:
    """Cut what is said behind the noun: "the wedding of my sister" is "the wedding"."""
    article = splices.of(goal.u.language)["determiner"].match(whole)
    if article and whole[article.end() :].startswith(noun):
        return whole[: article.end() + len(noun)]
    return goal.t("template.the", noun=noun)


def thing(goal: "Goal") -> str:
    """Return what the project is about: "the garage", "my portfolio site"."""
    u, t = goal.u, goal.t
    cut = wording.patterns(u.language).cut
    noun = phrases.thing_of(u.behaviour, u.language)
    noun = splices.of(u.language).made_definite(cut["thing_end"].sub("", noun))
    named = noun and noun != u.behaviour and not cut["preposition"].match(noun)
    if named and len(noun.split()) <= _MOST_THING_WORDS:
        return noun
    found = _found(u) if languages.is_in(u.text, u.language) else None
    if found and f"template.{found[0]}.thing" in t:
        return t(f"template.{found[0]}.thing")
    return t("template.my", noun=found[1]) if found and not u.behaviour else t("template.it")


def named(goal: "Goal") -> str:
    """Say what gets done in the person's words, or finish the thing they named."""
    return goal.u.behaviour or goal.t("named.finish", thing=thing(goal))


@cache
def _roads(language: str) -> dict[str, re.Pattern[str]]:
    file = _WORDS / language / "templates.toml"
    with (file if file.is_file() else _WORDS / "en" / "templates.toml").open("rb") as source:
        return {key: re.compile(text) for key, text in tomllib.load(source).items()}
