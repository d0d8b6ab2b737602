"""Whom to call: numbers by country, each off until a person has checked it.

The country follows from the time zone. Without one, or without a checked number, there is
none to show, and the text says what holds everywhere.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

CHECKED_EVERY = timedelta(days=183)
"""How long a check of a number is good for."""

_FILE = Path(__file__).with_suffix(".toml")


class Kind(StrEnum):
    """What a number is for."""

    EMERGENCY = "emergency"
    TALK = "talk"
    EATING = "eating"
    VIOLENCE = "violence"
    GAMBLING = "gambling"
    SMOKING = "smoking"


@dataclass(frozen=True, slots=True)
class Line:
    """A number of one country, and when a person last checked it and who that was."""

    country: str
    kind: Kind
    call: str
    checked_on: date | None = None
    checked_by: str = ""

    @property
    def on(self) -> bool:
        """Whether the number may be shown."""
        return self.checked_on is not None and bool(self.checked_by)


class Helplines:
    """A table of numbers."""

    def __init__(self, rows: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._lines = tuple(
            _line(country, Kind(kind), row)
            for country, kinds in rows.items()
            for kind, row in kinds.items()
        )

    def call(self, kind: Kind, zone: str | None) -> str | None:
        """Return the checked number of that kind where somebody is; None when there is none."""
        country = country_of(zone)
        found = (
            one for one in self._lines if one.on and (one.country, one.kind) == (country, kind)
        )
        return next((one.call for one in found), None)

    def unverified(self, today: date | None = None) -> tuple[Line, ...]:
        """List the numbers nobody has checked, and with *today* those to be checked again."""
        return tuple(one for one in self._lines if not one.on or _is_old(one, today))


@cache
def table() -> Helplines:
    """Return our own table."""
    return Helplines(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def unverified(today: date | None = None) -> tuple[Line, ...]:
    """List the numbers of our own table that are not shown, or are to be checked again."""
    return table().unverified(today)


def country_of(zone: str | None) -> str | None:
    """Return the country of an IANA time zone; None when it is not known."""
    # Babel is imported on the first look, not at start: it is slow to load.
    from babel.core import get_global

    territories: Mapping[str, str] = get_global("zone_territories")
    return territories.get(zone or "")


def _line(country: str, kind: Kind, row: Mapping[str, Any]) -> Line:
    checked: Mapping[str, Any] = row["verified"] or {}
    return Line(country, kind, row["call"], checked.get("on"), checked.get("by", ""))


def _is_old(line: Line, today: date | None) -> bool:
    return (
        today is not None
        and line.checked_on is not None
        and today - line.checked_on > CHECKED_EVERY
    )
