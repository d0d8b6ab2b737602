"""A coaching reply by rules: one sentence that shows understanding, one option or question.

A sentence whose fact is not known is left out; a text that was among the last ones is skipped.
"""

import re
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from coach.catalogue import Catalogue, texts
from coach.rules import forbidden, intents, offers
from coach.values import Progress, Reply

_MISSING = "\0"
_MOST_QUOTED = 6
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


class _Filled(NamedTuple):
    """A text with its slots filled, and how many sentences were cut for it."""

    text: str
    cut: int


def reply(
    text: str, progress: Progress, now: datetime, person_key: str, recent: tuple[str, ...]
) -> Reply:
    """Answer a message of somebody who has a plan."""
    t = texts("en")
    intent = intents.of(text)
    slots = _slots(text, progress, t)
    keys = t.variants(f"reply.{intent}")
    first = _lot(f"{person_key}|{now.date()}|{intent}") % len(keys)
    said = [_filled(t, key, slots) for key in (*keys[first:], *keys[:first])]
    # Texts that could be filled wholly come first, then those that lost a sentence.
    spoken = [one for one in sorted(said, key=lambda one: one.cut) if one.text]
    fresh = [one for one in spoken if one.text not in recent]
    best = (fresh or spoken or [_Filled(t("reply.plain"), 0)])[0]
    return Reply(best.text, intent, offers.of(intent))


def _slots(text: str, progress: Progress, t: Catalogue) -> dict[str, object]:
    known: dict[str, object] = {
        "quote": _quote(text),
        "title": progress.title,
        "minimum": progress.minimum,
        "next": progress.next_session,
        "done": progress.done or "",
        "planned": progress.planned if progress.done else "",
        "weeks": progress.weeks if progress.done and progress.weeks > 1 else "",
    }
    for name in ("action", "tip.1", "tip.2"):
        key = f"activity.{progress.activity}.{name}"
        known[name.replace(".", "")] = t(key) if key in t else ""
    return {name: value or _MISSING for name, value in known.items()}


def _filled(t: Catalogue, key: str, slots: dict[str, object]) -> _Filled:
    """Fill a text; sentences that lack a fact go."""
    sentences = _SENTENCE.split(t(key, **slots))
    kept = [sentence for sentence in sentences if _MISSING not in sentence]
    return _Filled(" ".join(kept), len(sentences) - len(kept))


def _quote(text: str) -> str:
    """Return a few words of the person's to show that they were read; none that could hurt."""
    words = re.sub(r"[^\w\s',%€$-]", "", text.splitlines()[0] if text.strip() else "").split()
    quote = " ".join(words[:_MOST_QUOTED])
    return (
        "" if forbidden.found(quote) or len(words) > _MOST_QUOTED else quote[:1].upper() + quote[1:]
    )


def _lot(seed: str) -> int:
    """Draw a number that is the same for the same person, day and intent."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=4).digest(), "big")
