"""Tell several goals in one text apart; each keeps the person's words and numbers."""

import re
from functools import cache

from coach.rules import behaviour, domains, goal_types, lexicon, normalise
from coach.values import Domain

_ITEM = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.):]|[a-h]\)|\[ ?\])\s*(?=\S)")
_INLINE = re.compile(r"(?:^|(?<=[\s:,;]))\(?([1-9])[.)]\s?(?=[A-Za-z])")
_LONGEST_SPLIT = 1200
_CLEAR_SCORE = 3
_MOST_DOMAINLESS = 2


def unlisted(text: str) -> str:
    """Return *text* without the bullets and numbers of a list, its lines joined by commas."""
    lines = _lines(text)
    if sum(_ITEM.match(line) is not None for line in lines) < _MOST_DOMAINLESS:
        return text
    return ", ".join(_ITEM.sub("", line) for line in lines)


def parts(text: str) -> tuple[str, ...]:
    """Return the goals of a text that holds several; empty when it holds one or is long."""
    cleaned = normalise.clean(text)
    if len(cleaned) > _LONGEST_SPLIT:
        return ()
    listed = _listed(_lines(text))
    if listed:
        return listed
    line = cleaned.replace("\n", ", ")
    body, announced = _announced(line)
    pieces = [piece.strip(" ,.;:!") for piece in _joiners().split(body)]
    goals = [goal for goal in map(_goal, pieces) if goal]
    kinds = {_kind(goal) for goal in goals}
    explicit = announced or lexicon.either(
        lexicon.table("en/splitting")["strong"], whole=False
    ).search(body)
    enough = 2 if explicit else 3
    several = len(goals) >= enough and (len(kinds) >= 2 or (announced and len(goals) >= 2))
    return tuple(goals) if several else ()


def _lines(text: str) -> list[str]:
    """Return the lines, those of "1) run 2) read" in one line too."""
    cleaned = normalise.clean(text)
    numbered = len(_INLINE.findall(cleaned)) >= 2
    return (_INLINE.sub(r"\n\1) ", cleaned) if numbered else cleaned).split("\n")


def _listed(typed: list[str]) -> tuple[str, ...]:
    items = [_ITEM.sub("", line).strip(" ,.;") for line in typed if _ITEM.match(line)]
    items = [item for item in items if item]
    if len(items) >= 2:
        return tuple(items)
    lines = [line.strip(" ,.;") for line in typed if line.strip()]
    short = len(lines) >= 2 and all(_goal(line) and len(line) < 80 for line in lines)
    return tuple(lines) if short and len({_kind(line) for line in lines}) >= 2 else ()


def _announced(line: str) -> tuple[str, bool]:
    """Cut "I want three things:" off."""
    match = lexicon.either(lexicon.table("en/splitting")["lead_in"], whole=False).match(line)
    return (line[match.end() :], True) if match else (behaviour.lead_off(line), False)


def _goal(piece: str) -> str:
    """Return the piece as a goal in the person's words; empty when it is context."""
    piece = re.sub(
        r"^(?:and|also|then|finally|secondly|second|first|third|to|or)\s+", "", piece, flags=re.I
    )
    if lexicon.pattern("en/splitting", "context").match(piece + " ") and not _wishes(piece):
        return ""
    goal = behaviour.lead_off(piece) if _wishes(piece) else piece
    starts = re.match(rf"(?:finally |to )?(?:{_starts()})\b", goal, re.I) is not None
    clear = max(domains.scores(goal).values(), default=0) >= _CLEAR_SCORE
    wordy = len(goal.split()) >= 2 or clear
    return goal if wordy and (starts or clear) else ""


def _wishes(piece: str) -> bool:
    return behaviour.lead_off(piece) != piece


def _kind(goal: str) -> tuple[Domain, object]:
    leaving = goal_types.best(goal, frequent=False, dated=False)
    activity = domains.activity(goal)
    return domains.best(goal, activity), leaving if activity == "other" else None


def _starts() -> str:
    return "|".join(lexicon.table("en/splitting")["starts"])


@cache
def _joiners() -> re.Pattern[str]:
    rows = lexicon.table("en/splitting")["joiners"]
    return re.compile("|".join(row.replace("{starts}", _starts()) for row in rows), re.I)
