"""The tappable answers of a question: codes that stay, labels in the person's language."""

from datetime import datetime

from coach import formats
from coach.catalogue import Catalogue, texts
from coach.rules import activities, amounts, kinds, lexicon, vague
from coach.values import FoundDate, GoalType, GoalUnderstanding, Option, Quantity, Slot

MOST_LETTERS = 24
_SIZES = (0.6, 1.0, 1.6)
_SHARES = {"quarter": 0.25, "half": 0.5, "all": 1.0}


def of(u: GoalUnderstanding, slot: Slot, now: datetime) -> tuple[Option, ...]:
    """Return three or four answers that fit this goal."""
    t = texts(u.language)
    if slot is Slot.MEANING:
        return tuple(Option(code, t(f"option.meaning.{code}")) for code in vague.pictures(u.domain))
    if slot is Slot.DATE_ORDER:
        found = next((one for one in u.dates if one.other), None)
        days = both_days(found, t) if found else ("", "")
        return tuple(Option(code, day) for code, day in zip(("first", "other"), days, strict=True))
    if slot is Slot.AMOUNT and u.goal_type is not GoalType.QUIT:
        return _sizes(u, t)
    if slot in (Slot.BASELINE, Slot.AMOUNT):
        return tuple(Option(code, label) for code, label, _ in now_choices(u, slot, t))
    return tuple(Option(code, t(f"option.{slot}.{code}")) for code in _codes(u, slot))


def size_of(u: GoalUnderstanding, code: str) -> Quantity:
    """Return the amount of a size's code."""
    return Quantity(float(code), activities.named(u.activity).unit)


def now_choices(
    u: GoalUnderstanding, slot: Slot, t: Catalogue
) -> tuple[tuple[str, str, Quantity | None], ...]:
    """Return code, label and meaning of the answers to "where are you now?"."""
    unit, codes = _now_row(u, slot)
    return tuple((code, *_now_choice(code, unit, u, slot, t)) for code in codes)


def both_days(found: FoundDate, t: Catalogue) -> tuple[str, str]:
    """Return the two readings of an ambiguous date, written out."""
    other = found.other or found.first
    return formats.day(found.first, _DAY, t.language), formats.day(other, _DAY, t.language)


_DAY = "d MMM y"


def _sizes(u: GoalUnderstanding, t: Catalogue) -> tuple[Option, ...]:
    """Offer three sizes around the usual one; clock goals get three times."""
    activity = activities.named(u.activity)
    if activity.unit == "clock":
        hours = ("6", "6.5", "7") if kinds.of(u) == "rising" else ("22", "22.5", "23")
        return tuple(Option(one, amounts.said(Quantity(float(one), "clock"), t)) for one in hours)
    start = activity.start or 1.0
    values = dict.fromkeys(_handy(start * size, activity.unit) for size in _SIZES)
    if len(values) < len(_SIZES):
        values = dict.fromkeys((start, start + 1, start + 2))
    said = ((f"{one:g}", amounts.said(Quantity(one, activity.unit), t)) for one in values)
    return tuple(Option(code, label[:MOST_LETTERS]) for code, label in said)


def _handy(value: float, unit: str) -> float:
    """Round to a figure people think in: 10, 15, 25 minutes."""
    if amounts.base(unit) == "l":
        return max(0.5, round(value * 2) / 2)
    return round(value / 5) * 5.0 if 8 <= value < 100 else amounts.rounded(value, unit)


def _codes(u: GoalUnderstanding, slot: Slot) -> list[str]:
    row: dict[str, list[str]] = lexicon.table("options")[slot.value]
    kinds = (str(u.goal_type), u.activity, str(u.domain))
    return next((row[kind] for kind in kinds if kind in row), row["default"])


def _now_row(u: GoalUnderstanding, slot: Slot) -> tuple[str, list[str]]:
    table = lexicon.table("options")
    if slot is Slot.AMOUNT:
        row = table["count"].get(u.activity, table["count"])
        return row["unit"], row["codes"]
    rows = table["baseline"]
    kind = "default" if u.goal_type is GoalType.PROJECT and u.activity != "writing" else u.activity
    row = rows.get(kind, rows["default"])
    if row["unit"] == "share" and u.target is None:
        row = rows["default"]
    return row["unit"], row["codes"]


def _now_choice(
    code: str, unit: str, u: GoalUnderstanding, slot: Slot, t: Catalogue
) -> tuple[str, Quantity | None]:
    if code == "0":
        target_unit = u.target.unit if u.target and unit in ("", "share") else unit
        return t("option.baseline.0"), Quantity(0.0, target_unit)
    if unit == "share" and u.target:
        share = Quantity(
            amounts.rounded(u.target.value * _SHARES[code], u.target.unit), u.target.unit
        )
        return amounts.said(share, t)[:MOST_LETTERS], share
    if not code.isdigit():
        return t(f"option.{slot}.{code}"), None
    quantity = Quantity(float(code), unit)
    if unit.startswith("per "):
        return t(f"option.count.{unit.removeprefix('per ')}", n=code), quantity
    return amounts.said(quantity, t)[:MOST_LETTERS], quantity
