"""Finding somebody's time zone, since Telegram gives none.

Likely zones by language are offered as their present local times; a typed city or local
time is understood too. A city is sure; a local time only tells the offset, so the zone
concluded from it is asked about again when that zone's clocks change.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from bot.journey import clocks

LIKELY: dict[str, tuple[str, ...]] = {
    "en": (
        "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles",
        "Asia/Kolkata", "Australia/Sydney",
    ),
    "es": (
        "Europe/Madrid", "America/Mexico_City", "America/Bogota", "America/Argentina/Buenos_Aires",
    ),
    "pt": ("America/Sao_Paulo", "Europe/Lisbon"),
    "de": ("Europe/Berlin",),
    "fr": ("Europe/Paris", "America/Montreal"),
    "ru": ("Europe/Moscow", "Asia/Almaty"),
}  # fmt: skip
"""Zones offered to those who speak a language, the most people first."""

SPOKEN: dict[str, tuple[str, ...]] = {
    "en": (
        "Africa/Lagos", "Asia/Manila", "Africa/Johannesburg", "Africa/Nairobi", "America/Denver",
        "Pacific/Auckland", "America/Halifax", "Australia/Adelaide", "America/Anchorage",
        "Pacific/Honolulu", "America/St_Johns",
    ),
    "es": (
        "America/Caracas", "America/Tijuana", "America/Hermosillo", "Atlantic/Canary",
        "Pacific/Easter",
    ),
    "pt": ("Africa/Luanda", "Africa/Maputo", "America/Manaus", "Atlantic/Azores"),
    "fr": ("Africa/Abidjan", "Africa/Kinshasa"),
    "ru": ("Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok"),
}  # fmt: skip
"""More zones of a language, for an offset that no likely zone has; the most people first."""

ELSEWHERE = ("Europe/Berlin", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo")

WORLD = (
    "Asia/Shanghai", "America/New_York", "America/Chicago", "America/Sao_Paulo", "Africa/Lagos",
    "Africa/Cairo", "Europe/Moscow", "America/Los_Angeles", "Asia/Karachi", "Asia/Dhaka",
    "Asia/Jakarta", "Europe/London", "Asia/Tehran", "Asia/Yangon", "Asia/Kabul", "Asia/Kathmandu",
    "Australia/Sydney", "America/Caracas", "America/Denver", "America/Halifax",
    "America/St_Johns", "America/Anchorage", "Pacific/Honolulu", "Atlantic/Azores",
    "Atlantic/South_Georgia", "Australia/Adelaide", "Australia/Brisbane", "Pacific/Guadalcanal",
    "Pacific/Auckland", "Pacific/Apia", "Pacific/Pago_Pago",
)  # fmt: skip
"""A zone for every offset, the most people first."""

SHOWN = 6
"""Buttons offered."""

TOLERANCE = timedelta(minutes=10)
"""How far a typed local time may be from a zone's, since clocks and typing differ."""

_NOW = frozenset({
    "it", "s", "is", "now", "here", "right", "about", "the", "time", "my", "clock", "says",
    "es", "son", "la", "las", "ya", "ahora", "mismo", "aqui", "mi", "reloj", "dice", "hora",
})  # fmt: skip
"""Words beside a time that leave it what the clock reads; with any other it may be a wish."""

_A_YEAR = 400  # days looked ahead for a change of the clocks


@dataclass(frozen=True, slots=True)
class Found:
    """A zone, and whether it was named; otherwise it is the likeliest with that local time."""

    zone: str
    sure: bool


def offered(language: str) -> tuple[str, ...]:
    """List the zones that may be offered in a language, always in the same order."""
    return LIKELY.get(language, ()) + ELSEWHERE


def likely(language: str, at: datetime | None) -> list[tuple[str, str]]:
    """List likely zones with their local time at *at*, one for each different time."""
    if at is None:
        return []
    seen: dict[str, str] = {}
    for zone in offered(language):
        seen.setdefault(f"{at.astimezone(_loaded(zone)):%H:%M}", zone)
    return [(zone, local) for local, zone in seen.items()][:SHOWN]


@cache
def _loaded(zone: str) -> ZoneInfo:
    """Keep a zone for good: the library forgets all but eight, and we offer more."""
    return ZoneInfo(zone)


def find(words: str, at: datetime, language: str) -> Found | None:
    """Find the zone of a city, an IANA name or a local time in *words*; None when unsure."""
    named = _by_city(words)
    if named is not None:
        return Found(named, sure=True)
    concluded = _by_clock(words, at, language)
    return Found(concluded, sure=False) if concluded else None


def place(zone: str) -> str:
    """Name the place a zone is called after: "Buenos Aires"."""
    return zone.rpartition("/")[2].replace("_", " ")


def next_change(zone: str, after: datetime) -> datetime | None:
    """Return when the clocks of a zone change next, to the hour; None where they never do."""
    there = ZoneInfo(zone)
    now = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    offset = now.astimezone(there).utcoffset()
    for day in range(1, _A_YEAR):
        if (now + timedelta(days=day)).astimezone(there).utcoffset() != offset:
            hours = (now + timedelta(days=day - 1, hours=hour) for hour in range(1, 25))
            return next(at for at in hours if at.astimezone(there).utcoffset() != offset)
    return None


def _by_city(words: str) -> str | None:
    plain = _plain(words)
    known = _zones_by_name()
    if plain in known:
        return known[plain]
    parts = plain.split()
    for length in (5, 4, 3, 2, 1):
        for start in range(len(parts) - length + 1):
            name = " ".join(parts[start : start + length])
            if name in known and len(name) > 3:
                return known[name]
    return None


@cache
def _zones_by_name() -> dict[str, str]:
    zones = {
        _plain(zone.rpartition("/")[2]): zone
        for zone in sorted(available_timezones())
        if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    }
    full = {_plain(zone): zone for zone in zones.values()}
    with (Path(__file__).parent / "cities.toml").open("rb") as file:
        listed: dict[str, list[str]] = tomllib.load(file)
    cities = {name: zone for zone, names in listed.items() for name in names}
    return full | zones | cities


def _plain(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+|_", " ", letters).split())


def _by_clock(words: str, at: datetime, language: str) -> str | None:
    said = clocks.exact_times(words)
    if len(said) != 1 or not _NOW.issuperset(_plain(clocks.without_times(words)).split()):
        return None
    for zone in LIKELY.get(language, ()) + SPOKEN.get(language, ()) + ELSEWHERE + WORLD:
        there = at.astimezone(ZoneInfo(zone))
        local = there.replace(hour=said[0].hour, minute=said[0].minute, second=0, microsecond=0)
        apart = abs(local - there)
        if min(apart, timedelta(days=1) - apart) <= TOLERANCE:
            return zone
    return None
