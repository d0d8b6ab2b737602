"""Tell several goals in one text apart; each keeps the person's words and numbers."""

import re
from functools import cache

from coach.rules import behaviour, domains, frequency, goal_types, lexicon, normalise
from coach.values import Domain, GoalType

_ITEM = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.):]|[a-h]\)|\[ ?\])\s*(?=\S)")
_INLINE = re.compile(r"(?:^|(?<=[\s:,;]))\(?([1-9])[.)]\s?(?=[A-Za-z])")
_LONGEST_SPLIT = 1200
_CLEAR_SCORE = 3
_MOST_DOMAINLESS = 2
_SWAPPED = ("meals", "spending")  # "stop buying takeaway and cook at home" is one goal
_STANDS_ALONE = ("smoking", "vaping", "cannabis", "alcohol", "caffeine", "gambling")


def unlisted(text: str) -> str:
    """Return *text* without the bullets and numbers of a list, its lines joined by commas."""
    lines = _lines(text)
    if sum(_ITEM.match(line) is not None for line in lines) < _MOST_DOMAINLESS:
        return text
    return ", ".join(_ITEM.sub("", line) for line in lines)


def parts(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the goals of a text that holds several; empty when it holds one or is long."""
    cleaned = normalise.clean(text)
    if len(cleaned) > _LONGEST_SPLIT:
        return ()
    listed = _listed(_lines(text), language)
    if listed:
        return listed
    line = cleaned.replace("\n", ", ")
    body, announced = _announced(line, language)
    pieces = [piece.strip(" ,.;:!") for piece in _joiners(language).split(body)]
    goals = [goal for piece in pieces if (goal := _goal(piece, language))]
    kinds = {_kind(goal, language) for goal in goals}
    strong = lexicon.pattern(f"{language}/splitting", "strong", whole=False)
    explicit = announced or strong.search(body)
    enough = 2 if explicit or _apart(goals, language) else 3
    several = len(goals) >= enough and (len(kinds) >= 2 or (announced and len(goals) >= 2))
    return tuple(goals) if several else ()


def _apart(goals: list[str], language: str) -> bool:
    """Tell whether two goals joined by a mere "and" are two: one leaves, one does another thing."""
    left = [goal for goal in goals if _left(goal, language)]
    done = [goal for goal in goals if goal not in left]
    if len(left) != 1 or len(done) != 1 or _compares(goals, language):
        return False
    rhythm = frequency.find(done[0], language).per_week is not None
    named = domains.activity(done[0], language=language) not in ("other", *domains.QUITTABLE)
    own = named and _left(left[0], language) in _STANDS_ALONE
    areas = {domains.best(goal, language=language) for goal in goals}
    return len(areas) == len(goals) and (rhythm or own)


def _left(goal: str, language: str) -> str:
    """Return what a goal leaves; empty where it leaves nothing, or swaps one for another."""
    kind = goal_types.best(goal, frequent=False, dated=False, language=language)
    left = domains.activity(goal, leaving=True, language=language)
    leaves = kind is GoalType.QUIT and left in domains.QUITTABLE and left not in _SWAPPED
    return left if leaves else ""


def _compares(goals: list[str], language: str) -> bool:
    """Tell whether goals are two sides of one: "scroll less and read more", "walk instead"."""
    sides = lexicon.wording("splitting", "compares", language)
    return any(sides.search(goal) for goal in goals)


def _lines(text: str) -> list[str]:
    """Return the lines, those of "1) run 2) read" in one line too."""
    cleaned = normalise.clean(text)
    numbered = len(_INLINE.findall(cleaned)) >= 2
    return (_INLINE.sub(r"\n\1) ", cleaned) if numbered else cleaned).split("\n")


def _listed(typed: list[str], language: str) -> tuple[str, ...]:
    items = [_ITEM.sub("", line).strip(" ,.;") for line in typed if _ITEM.match(line)]
    items = [item for item in items if item]
    if len(items) >= 2:
        return tuple(items)
    lines = [line.strip(" ,.;") for line in typed if line.strip()]
    short = len(lines) >= 2 and all(_goal(line, language) and len(line) < 80 for line in lines)
    kinds = {_kind(line, language) for line in lines} if short else set[object]()
    return tuple(lines) if len(kinds) >= 2 else ()


def _announced(line: str, language: str) -> tuple[str, bool]:
    """Cut "I want three things:" off."""
    lead_in = lexicon.pattern(f"{language}/splitting", "lead_in", whole=False)
    match = lead_in.match(line)
    return (line[match.end() :], True) if match else (behaviour.lead_off(line, language), False)


def _goal(piece: str, language: str) -> str:
    """Return the piece as a goal in the person's words; empty when it is context."""
    piece = lexicon.wording("splitting", "joined", language).sub("", piece, count=1)
    bare = behaviour.lead_off(piece, language)
    wishes = bare != piece
    context = lexicon.pattern(f"{language}/splitting", "context")
    if context.match(piece + " ") and not wishes:
        return ""
    goal = bare if wishes else piece
    starts = _starting(language).match(goal) is not None
    clear = max(domains.scores(goal, language).values(), default=0) >= _CLEAR_SCORE
    wordy = len(goal.split()) >= 2 or clear
    return goal if wordy and (starts or clear) else ""


def _kind(goal: str, language: str) -> tuple[Domain, object]:
    leaving = goal_types.best(goal, frequent=False, dated=False, language=language)
    activity = domains.activity(goal, language=language)
    return domains.best(goal, activity, language), leaving if activity == "other" else None


@cache
def _starting(language: str) -> re.Pattern[str]:
    """Match what begins with a verb of goals."""
    starts = "|".join(lexicon.table(f"{language}/splitting")["starts"])
    lead = lexicon.wording("splitting", "before_start", language).pattern
    return lexicon.compiled(rf"(?:{lead})?(?:{starts})\b")


@cache
def _joiners(language: str) -> re.Pattern[str]:
    rows = lexicon.table(f"{language}/splitting")
    starts = "|".join(rows["starts"])
    return lexicon.compiled("|".join(row.replace("{starts}", starts) for row in rows["joiners"]))
