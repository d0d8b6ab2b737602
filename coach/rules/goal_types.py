"""What kind of change a goal asks for: habit, outcome, project or quit."""

import re
from functools import cache

from coach.rules import lexicon
from coach.rules.one_reading import once
from coach.values import GoalType

_TIES = (GoalType.QUIT, GoalType.PROJECT, GoalType.OUTCOME, GoalType.HABIT)
_PROJECT_POINTS = 3


def points(text: str, frequent: bool, dated: bool, language: str = "en") -> dict[GoalType, int]:
    """Return the points of each type; *frequent* and *dated* tell what was found in the text."""
    found = dict.fromkeys(_TIES, 0)
    for goal_type, value, pattern, at_start in _rules(language):
        if pattern.match(text) if at_start else pattern.search(text):
            found[goal_type] += value
    found[GoalType.PROJECT] += _project(text, dated, language)
    if _foreign(text) is GoalType.QUIT:
        found[GoalType.QUIT] += 3
    if frequent:
        found[GoalType.HABIT] += 2
    if lexicon.wording("goal_types", "timed", language).search(text):
        found[GoalType.HABIT] += 1
    if dated and found[GoalType.OUTCOME] > 0:
        found[GoalType.OUTCOME] += 1
    if found[GoalType.PROJECT] >= _PROJECT_POINTS:
        found[GoalType.HABIT] -= 2
    return found


def best(text: str, frequent: bool, dated: bool, language: str = "en") -> GoalType | None:
    """Return the type with the most points; None when there is no sign of any."""
    found = points(text, frequent, dated, language)
    top = max(_TIES, key=lambda one: found[one])
    if found[top] <= 0:
        return _foreign(text)
    return top


def makes_something(text: str, language: str) -> bool:
    """Tell whether a verb of making or finishing is in *text*."""
    return _one_of("verbs", language).search(text) is not None


def _project(text: str, dated: bool, language: str) -> int:
    rows = lexicon.table(f"{language}/projects")
    if lexicon.pattern(f"{language}/projects", "not").search(text):
        return 0
    verb, things = _one_of("verbs", language).search(text), _one_of("artefacts", language)
    thing = things.search(text, verb.end()) if verb else None
    named = verb and thing and thing.start() - verb.end() <= rows["near"]
    that = lexicon.wording("goal_types", "that", language).search(text)
    if named or (that and things.search(text)):
        return _PROJECT_POINTS + (2 if dated else 0)
    return 0


@once
def _foreign(text: str) -> GoalType | None:
    """Look for the marks of other languages, when no English one was found."""
    return next((goal_type for goal_type, mark in _marks() if mark.search(text)), None)


@cache
def _marks() -> tuple[tuple[GoalType, re.Pattern[str]], ...]:
    rows = lexicon.table("world")["types"]
    return tuple((GoalType(name), lexicon.spelled(words)) for name, words in rows.items())


@cache
def _one_of(name: str, language: str) -> re.Pattern[str]:
    words = "|".join(lexicon.table(f"{language}/projects")[name])
    return lexicon.compiled(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _rules(language: str) -> tuple[tuple[GoalType, int, re.Pattern[str], bool], ...]:
    return tuple(
        (
            GoalType(row["type"]),
            row["points"],
            lexicon.words_of(row["patterns"]),
            row.get("start", False),
        )
        for row in lexicon.table(f"{language}/goal_types")["rule"]
    )
