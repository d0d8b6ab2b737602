"""What a reply may say about a person: their own data, each piece under the name of its slot.

An unknown piece is UNKNOWN; whoever fills a text drops the sentence that holds it.
"""

import re
from datetime import date, datetime, timedelta

from coach.catalogue import Catalogue
from coach.rules import forbidden
from coach.values import Progress

UNKNOWN = "\0"
_LEAST_QUOTED, _MOST_QUOTED = 2, 6
_MOST_LETTERS = 90
_NOT_QUOTED = re.compile(r"[^\w\s',%€$£+-]")

Slots = dict[str, object]


def of(text: str, p: Progress, now: datetime, t: Catalogue) -> Slots:
    """Name every piece of what is known; days are said as the person's language says them."""
    known = {
        "quote": _quote(text, t.language),
        **_words(p),
        **_counts(p, t),
        **_days(p, now.date(), t),
        **_of_activity(p, t),
    }
    return {name: _safe(value, t.language) for name, value in known.items()}


def _words(p: Progress) -> dict[str, str]:
    return {
        "title": p.title,
        "minimum": p.minimum,
        "next": p.next_session,
        "next_figure": p.next_figure,
        "cue": p.cue,
        "why": p.why,
        "obstacle": p.obstacle if p.obstacle_then else "",
        "obstacle_then": p.obstacle_then if p.obstacle else "",
        "what_works": p.what_works,
    }


def _counts(p: Progress, t: Catalogue) -> dict[str, str]:
    """Count what was done; nothing done is no number to show."""
    months = p.done_4_weeks if p.planned_4_weeks > p.planned else 0
    return {
        "done": str(p.done or ""),
        "planned": str(p.planned) if p.done and p.planned else "",
        "d4": str(months or ""),
        "p4": str(p.planned_4_weeks) if months else "",
        "weeks": str(p.weeks) if p.weeks > 1 else "",
        "best_week": str(p.best_week or ""),
        "comebacks": t.n("reply.times", p.comebacks) if p.comebacks else "",
        "days_in": t.n("reply.days", p.days_in) if p.days_in else "",
    }


def _days(p: Progress, today: date, t: Catalogue) -> dict[str, str]:
    best = "" if p.best_day is None else t(f"day.{p.best_day}")
    ahead = "" if p.next_day is None or p.next_day <= today else t(f"day.{p.next_day.weekday()}")
    if ahead and p.next_day == today + timedelta(days=1):
        name = said = t("reply.day.tomorrow")
    else:
        name, said = ahead, ahead and t("reply.day.on", day=ahead)
    return {
        "best_day": best,
        "best_day_upper": best[:1].upper() + best[1:],
        "steady_day": best if p.best_day == today.weekday() else "",
        "next_day": said,
        "next_day_name": name,
    }


def _of_activity(p: Progress, t: Catalogue) -> dict[str, str]:
    keys = {"action": "action", "tip1": "tip.1", "tip2": "tip.2"}
    found = {slot: f"activity.{p.activity}.{key}" for slot, key in keys.items()}
    said = {slot: t(key) if key in t else "" for slot, key in found.items()}
    return {**said, "action": p.action or said["action"]}


def _safe(value: str, language: str) -> str:
    """Return a value that fits into a sentence of ours, else UNKNOWN."""
    plain = re.sub(r"[?¿!¡\n]+", " ", value).strip(" .")
    fits = plain and len(plain) <= _MOST_LETTERS and not forbidden.found(plain, language)
    return plain if fits else UNKNOWN


def _quote(text: str, language: str) -> str:
    """Return a few words of the person's to show that they were read; none that could hurt.

    One word alone ("nah") only sounds mocked when it is said back.
    """
    first = text.splitlines()[0] if text.strip() else ""
    words = _NOT_QUOTED.sub("", first).split()
    if not _LEAST_QUOTED <= len(words) <= _MOST_QUOTED:
        return ""
    quote = " ".join(words)
    return quote[:1].upper() + quote[1:] if any(char.isalnum() for char in quote) else ""
