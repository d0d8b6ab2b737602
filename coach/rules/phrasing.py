"""Which words of a goal become its verb phrase: all but those that have a place of their own."""

import re
from collections.abc import Iterator

from coach.rules import behaviour, lexicon, roles
from coach.rules.numbers import Amount
from coach.rules.seen import Seen
from coach.values import GoalType

_Span = tuple[int, int]
_COUNTED_NOUNS = (
    "reps",
    "count",
    "books",
    "steps",
    "words",
    "poems",
    "calls",
    "applications",
    "articles",
    "songs",
    "cards",
    "emails",
    "problems",
    "sketches",
    "meals",
    "clients",
    "subscribers",
    "followers",
    "people",
    "items",
)
_ASIDE = (", ", "(")  # "finish my thesis, 80 pages"
_LOOK_BACK = 24
_OF_SETS = len(" sets of")
_NAMED_BY_A_MONTH = "dry "  # "dry January" is the name of what is done


def phrase(seen: Seen, goal_type: GoalType | None, activity: str) -> str:
    """Return the verb phrase of the goal, without figures, dates, frequency and cue."""
    start = behaviour.core(seen.line, seen.language)[0]
    cuts = _merged([*_cuts(seen, goal_type), *_amount_cuts(seen, goal_type)])
    kept = [(max(0, a - start), b - start) for a, b in cuts if b > start]
    said = behaviour.phrase(seen.line[start:], kept, goal_type, activity, seen.language)
    return behaviour.named(said, seen.line, seen.language)


def _cuts(seen: Seen, goal_type: GoalType | None) -> Iterator[_Span]:
    """Yield the places of dates, days, times, cues and reasons; what is left keeps its times."""
    for one in seen.dates:
        if not seen.line[: one.start].lower().endswith(_NAMED_BY_A_MONTH):
            yield one.start, one.end
    yield from seen.often.spans
    leaving = goal_type is GoalType.QUIT
    if not leaving:
        yield from ((one.start, one.end) for one in seen.times)
    for name in ("why", "fuzzy_dates", "limit_amount" if leaving else "cues"):
        pattern = lexicon.pattern(f"{seen.language}/roles", name)
        yield from (match.span() for match in pattern.finditer(seen.line))


def _amount_cuts(seen: Seen, goal_type: GoalType | None) -> list[tuple[int, int]]:
    """Cut the amounts that have their own place, and keep those that are the point."""
    counted = lexicon.pattern(f"{seen.language}/behaviour", "counted")
    goal = seen.line[behaviour.core(seen.line, seen.language)[0] :]
    point = goal_type in (GoalType.OUTCOME, None) and counted.match(
        behaviour.lead_off(goal, seen.language)
    )
    paced = goal_type is GoalType.OUTCOME and any(one.unit in roles.WRITTEN for one in seen.amounts)
    if goal_type is GoalType.PROJECT or (point and not paced):
        aside = [one for one in seen.undated() if seen.line[: one.start].endswith(_ASIDE)]
        rates = [(one.rate_start, one.end) for one in seen.amounts if one.rate]
        return [*rates, *((one.start, _clause_end(seen.line, one.size_end)) for one in aside)]
    sets = lexicon.wording("phrasing", "sets", seen.language)
    cuts: list[tuple[int, int]] = []
    for one in seen.undated():
        if one.unit in roles.SPANS_OF_TIME or one.unit == "%":
            continue
        if sets.search(seen.line, one.start, one.size_end + _OF_SETS):
            continue
        cuts += [(one.rate_start, one.end)] if one.rate else []
        if not _is_the_thing(seen, one):
            cuts.append((one.start, _cut_end(seen, one)))
    return cuts


def _clause_end(line: str, start: int) -> int:
    """Return where the words around an aside end: ", 12 modules left"."""
    end = re.search(r"[,.;)]", line[start:])
    return start + end.start() if end else len(line)


def _is_the_thing(seen: Seen, one: Amount) -> bool:
    """Tell "a 10k", which is what is run, from "a 5 km run"."""
    if one.unit not in ("km", "mi", "m"):
        return False
    article = lexicon.wording("phrasing", "article", seen.language)
    followed = lexicon.wording("phrasing", "session", seen.language).match(seen.line, one.end)
    return article.search(seen.line, *_just_before(one)) is not None and followed is None


def _cut_end(seen: Seen, one: Amount) -> int:
    """Return where to cut: behind the unit, or before a counted noun such as push-ups."""
    bare = one.unit in _COUNTED_NOUNS or one.quantity.unit.startswith("per ")
    named = lexicon.wording("phrasing", "object_named", seen.language)
    bare = bare and not named.search(seen.line, *_just_before(one))
    number = re.match(
        r"[~+]?[€$£]?\s?(?:\d[\d.,' ]*\d|\d|[^\W\d_-]+)(?:\s?k\b)?\+?",
        seen.line[one.start : one.size_end],
        re.I,
    )
    return one.start + number.end() if bare and number else one.size_end


def _just_before(one: Amount) -> tuple[int, int]:
    """Return between which places to look for the few words that an amount follows."""
    return max(0, one.start - _LOOK_BACK), one.start


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
