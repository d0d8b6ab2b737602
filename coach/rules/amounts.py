"""Amounts: units, rounding and how an amount is said.

A unit is a thing (`min`, `words`, `EUR`) or a thing a span (`l/day`, `h/week`, `per day`).
"""

from coach import formats
from coach.catalogue import Catalogue
from coach.rules import splices
from coach.values import Quantity

# fmt: off
CURRENCIES = frozenset((
    "EUR", "USD", "GBP", "CHF", "INR", "BRL", "CAD", "AUD", "NZD", "JPY", "PLN", "SEK", "NOK",
    "DKK", "CZK", "MXN", "ZAR", "RUB", "UAH", "TRY", "CNY", "KRW", "ILS", "ARS", "HUF", "RON",
    "SGD", "HKD", "PHP", "NGN", "KES",
))
# fmt: on
DURATIONS = ("min", "h")
DISTANCES = ("km", "mi", "m")
_ONE = {"min": 2.0, "km": 0.5, "mi": 0.5, "m": 100.0, "steps": 300.0, "h": 0.5, "words": 50.0}
_GRAIN = {"km": 0.5, "mi": 0.5, "h": 0.5, "steps": 100.0, "words": 50.0, "l": 0.1, "m": 50.0}


def base(unit: str) -> str:
    """Return the thing that is counted, without "a day", "a week"."""
    return "times" if unit.startswith("per ") else unit.split("/")[0]


def span(unit: str) -> str:
    """Return day, week, month or year when the unit is counted over one, else an empty text."""
    return unit.removeprefix("per ") if unit.startswith("per ") else unit.partition("/")[2]


def is_money(unit: str) -> bool:
    """Tell whether the unit is a currency."""
    return base(unit) in CURRENCIES or base(unit) == "money"


def one(unit: str) -> float:
    """Return the smallest step up that is worth making."""
    return _ONE.get(base(unit), 0.1 if base(unit) == "l" else 1.0)


def grain(value: float, unit: str) -> float:
    """Return what figures of about *value* are rounded to."""
    thing = base(unit)
    if thing == "min":
        return 5.0 if value >= 30 else 1.0
    if is_money(unit):
        return 5.0 if value >= 200 else 1.0
    return _GRAIN.get(thing, 1.0)


def rounded(value: float, unit: str) -> float:
    """Round to a figure that can be said; never to nothing."""
    size = grain(value, unit)
    return max(round(round(value / size) * size, 2), size)


def up(value: float, unit: str) -> float:
    """Round up, for what has to be reached."""
    size = grain(value, unit)
    return round(-(-value // size) * size, 2)


def same_thing(a: Quantity | None, b: Quantity | None) -> bool:
    """Tell whether two amounts can be compared."""
    return a is not None and b is not None and base(a.unit) == base(b.unit)


def number(value: float, t: Catalogue) -> str:
    """Write a number as the language writes it."""
    return formats.number(value, t.language)


def handy(quantity: Quantity) -> Quantity:
    """Return half an hour as 30 minutes, the rest as it is."""
    thing, mark, over = quantity.unit.partition("/")
    if thing != "h" or not 0 < quantity.value < 1:
        return quantity
    return Quantity(round(quantity.value * 60), f"min{mark}{over}")


def said(quantity: Quantity, t: Catalogue) -> str:
    """Say an amount in words: "20 minutes", "2 litres a day", "€50"."""
    quantity = handy(quantity)
    over = span(quantity.unit)
    thing = _thing(quantity.value, base(quantity.unit), t)
    return t(f"per.{over}", amount=thing) if f"per.{over}" in t else thing


def short(quantity: Quantity, t: Catalogue) -> str:
    """Say an amount in a plan's short figure: "14 min", "2,550 words"."""
    quantity = handy(quantity)
    thing = base(quantity.unit)
    if f"short.{thing}" in t:
        return t(f"short.{thing}", n=number(quantity.value, t))
    return _thing(quantity.value, thing, t)


def unit_noun(value: float, unit: str, t: Catalogue) -> str:
    """Return the unit's own noun for *value*: "page", "pages"; empty for bare counts."""
    thing = base(unit)
    if f"noun.{thing}" in t:
        return t.n(f"noun.{thing}", value)
    if thing in ("count", "times", "score", "clock", "money"):
        return ""
    return splices.of(t.language).singular(thing) if value == 1 else thing


def _thing(value: float, thing: str, t: Catalogue) -> str:
    if thing in CURRENCIES:
        return formats.money(value, thing, t.language)
    if thing == "clock":
        return f"{int(value):02d}:{round(value % 1 * 60):02d}"
    if thing == "min" and value % 1 and value > 1:  # a race is run in 27:40
        return f"{int(value)}:{round(value % 1 * 60):02d}"
    noun = unit_noun(value, thing, t)
    return f"{number(value, t)} {noun}".strip() if thing != "%" else f"{number(value, t)} %"
