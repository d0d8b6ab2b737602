"""Wishes without a picture of what to do, and the pictures offered for them."""

from coach.rules import domains, languages, lexicon, normalise
from coach.values import Domain, GoalType, GoalUnderstanding

_FEW_WORDS = 2
_WEAK_SCORE = 2
_PICTURES = {
    Domain.FITNESS: "health",
    Domain.NUTRITION: "health",
    Domain.SUBSTANCES: "health",
}


def is_vague(u: GoalUnderstanding) -> bool:
    """Tell whether a wish says too little to act on."""
    if u.numbers or u.dates or u.per_week or u.days or u.at or u.cue:
        return False
    line = normalise.one_line(u.text)
    if _names_an_action(line, u.language) or not languages.is_in(line, u.language):
        return False
    if lexicon.pattern(f"{u.language}/vague", "patterns").search(line):
        return True
    weak = max(domains.scores(line, u.language).values(), default=0) < _WEAK_SCORE
    few = len((u.behaviour or line).split()) <= _FEW_WORDS
    return (
        few
        and weak
        and u.activity == "other"
        and not lexicon.wording("vague", "habit_verb", u.language).search(line)
    )


def pictures(domain: Domain) -> tuple[str, ...]:
    """Return the codes of the four pictures offered for a vague wish in *domain*."""
    table = lexicon.table("en/vague")["pictures"]
    name = _PICTURES.get(domain, domain.value)
    return tuple(table.get(name, table["other"]))


def meaning_of(code: str, language: str) -> tuple[str, GoalType, str] | None:
    """Return activity, type and behaviour of a picture; None for an unknown code."""
    row = lexicon.table(f"{language}/vague")["means"].get(code)
    return (row[0], GoalType(row[1]), row[2]) if row else None


def _names_an_action(line: str, language: str) -> bool:
    return lexicon.pattern(f"{language}/vague", "verbs").search(line) is not None
