"""Finding somebody's time zone, since Telegram gives none.

Likely zones by language are offered as their present local times; a typed city or local
time is understood too. Nothing here guesses: None means "ask again".
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

LIKELY: dict[str, tuple[str, ...]] = {
    "en": (
        "Europe/London",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "Asia/Kolkata",
        "Australia/Sydney",
    ),
    "es": (
        "Europe/Madrid",
        "America/Mexico_City",
        "America/Bogota",
        "America/Argentina/Buenos_Aires",
    ),
    "pt": ("America/Sao_Paulo", "Europe/Lisbon"),
    "de": ("Europe/Berlin",),
    "fr": ("Europe/Paris", "America/Montreal"),
    "ru": ("Europe/Moscow", "Asia/Almaty"),
}

ELSEWHERE = ("Europe/Berlin", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo")

SHOWN = 6
"""Buttons offered."""

TOLERANCE = timedelta(minutes=10)
"""How far a typed local time may be from a zone's, since clocks and typing differ."""

CITIES: dict[str, str] = {
    "amsterdam": "Europe/Amsterdam",
    "bangalore": "Asia/Kolkata",
    "barcelona": "Europe/Madrid",
    "beijing": "Asia/Shanghai",
    "birmingham": "Europe/London",
    "boston": "America/New_York",
    "bombay": "Asia/Kolkata",
    "cologne": "Europe/Berlin",
    "dallas": "America/Chicago",
    "delhi": "Asia/Kolkata",
    "edinburgh": "Europe/London",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "glasgow": "Europe/London",
    "guadalajara": "America/Mexico_City",
    "hamburg": "Europe/Berlin",
    "hanoi": "Asia/Ho_Chi_Minh",
    "houston": "America/Chicago",
    "las vegas": "America/Los_Angeles",
    "leeds": "Europe/London",
    "liverpool": "Europe/London",
    "lyon": "Europe/Paris",
    "manchester": "Europe/London",
    "marseille": "Europe/Paris",
    "medellin": "America/Bogota",
    "miami": "America/New_York",
    "milan": "Europe/Rome",
    "montreal": "America/Toronto",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "naples": "Europe/Rome",
    "new delhi": "Asia/Kolkata",
    "nyc": "America/New_York",
    "ottawa": "America/Toronto",
    "philadelphia": "America/New_York",
    "porto": "Europe/Lisbon",
    "rio": "America/Sao_Paulo",
    "rio de janeiro": "America/Sao_Paulo",
    "saint petersburg": "Europe/Moscow",
    "san diego": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "sevilla": "Europe/Madrid",
    "seville": "Europe/Madrid",
    "st petersburg": "Europe/Moscow",
    "tel aviv": "Asia/Jerusalem",
    "utrecht": "Europe/Amsterdam",
    "valencia": "Europe/Madrid",
    "washington": "America/New_York",
    "wellington": "Pacific/Auckland",
}
"""Large cities that are not the name of a zone, and spellings people use."""

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.h]([0-5]\d)\s*(am|pm)?(?![\w\d])", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\d:.])(1[0-2]|[1-9])\s*(am|pm)\b", re.IGNORECASE)


def likely(language: str, at: datetime | None) -> list[tuple[str, str]]:
    """List likely zones with their local time at *at*, one for each different time."""
    moment = at or datetime.min.replace(tzinfo=UTC)
    seen: dict[str, str] = {}
    for zone in LIKELY.get(language, ()) + ELSEWHERE if at else ():
        seen.setdefault(f"{moment.astimezone(ZoneInfo(zone)):%H:%M}", zone)
    return [(zone, local) for local, zone in seen.items()][:SHOWN]


def find(words: str, at: datetime, language: str) -> str | None:
    """Find the zone of a city, an IANA name or a local time in *words*; None when unsure."""
    return _by_clock(words, at, language) or _by_city(words)


def _by_city(words: str) -> str | None:
    plain = _plain(words)
    known = _zones_by_name()
    if plain in known:
        return known[plain]
    parts = plain.split()
    for length in (3, 2, 1):
        for start in range(len(parts) - length + 1):
            name = " ".join(parts[start : start + length])
            if name in known and len(name) > 2:
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
    return full | zones | CITIES


def _plain(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+|_", " ", letters).split())


def _by_clock(words: str, at: datetime, language: str) -> str | None:
    local = _time_said(words)
    if local is None:
        return None
    hour, minute = local
    for zone in LIKELY.get(language, ()) + ELSEWHERE + _WORLD:
        there = at.astimezone(ZoneInfo(zone))
        said = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
        apart = abs(said - there)
        if min(apart, timedelta(days=1) - apart) <= TOLERANCE:
            return zone
    return None


_WORLD = (
    "Pacific/Honolulu",
    "America/Anchorage",
    "America/Denver",
    "America/Halifax",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Atlantic/Azores",
    "Europe/London",
    "Europe/Athens",
    "Europe/Moscow",
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Pacific/Guadalcanal",
    "Pacific/Auckland",
)


def _time_said(words: str) -> tuple[int, int] | None:
    clock = _CLOCK.search(words)
    if clock is not None:
        return _with_half(int(clock[1]), clock[3]), int(clock[2])
    hour = _HOUR.search(words)
    if hour is not None:
        return _with_half(int(hour[1]), hour[2]), 0
    return None


def _with_half(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower() == "pm" else 0)
