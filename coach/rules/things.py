"""What is counted on the way down, in the person's own noun: "2 coffees a day"."""

from coach.catalogue import Catalogue
from coach.rules import amounts, phrases, splices, wording
from coach.values import GoalUnderstanding, Quantity

_COUNTS = ("times", "count", "")
_COUNTED_KINDS = ("caffeine", "alcohol", "sugar")


def a_day(u: GoalUnderstanding, kind: str, quantity: Quantity, t: Catalogue) -> str:
    """Say an amount of a day (or of its own span): "15 cigarettes a day", "2 drinks a week"."""
    over = span(u, quantity)
    key = f"per.{over}" if f"per.{over}" in t else "per.day"
    return t(key, amount=some(u, kind, quantity, t))


def span(u: GoalUnderstanding, quantity: Quantity) -> str:
    """Return the span an amount is over: its own, else that of the aim, "from 5 to 2 a week"."""
    return amounts.span(quantity.unit) or amounts.span(u.target.unit if u.target else "")


def some(u: GoalUnderstanding, kind: str, quantity: Quantity, t: Catalogue) -> str:
    """Say an amount with what is counted: "15 cigarettes", "2 hours"."""
    thing = amounts.base(quantity.unit)
    if thing not in _COUNTS:
        return amounts.said(Quantity(quantity.value, thing), t)
    noun = _own_noun(u, quantity.value) or _left_noun(u, kind, quantity.value)
    noun = noun or t.n(f"activity.{kind}.things", quantity.value)
    return f"{amounts.number(quantity.value, t)} {noun}".strip()


def _own_noun(u: GoalUnderstanding, value: float) -> str | None:
    """Find the noun the person counted with, in the form that goes with *value*."""
    splice = splices.of(u.language)
    found = splice["counted_over"].search(u.text)
    if not found or splice["no_own_noun"].match(found["noun"]):
        return None
    noun = found["noun"]
    return splice.singular(noun) if value == 1 and " " not in noun else noun


def _left_noun(u: GoalUnderstanding, kind: str, value: float) -> str | None:
    """Find the noun in what is left: "quit energy drinks"."""
    noun = phrases.thing_of(u.behaviour, u.language)
    noun = wording.patterns(u.language).cut["preposition"].sub("", noun, count=1).strip()
    counted = kind in _COUNTED_KINDS and noun.endswith("s") and len(noun.split()) <= 2
    if not counted or noun == u.behaviour:
        return None
    return splices.of(u.language).singular(noun) if value == 1 else noun
