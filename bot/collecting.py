"""`rein evaluate --collect`: what pleased people little, as cases, from those who agreed to it.

Words are masked and no id goes along. What tells of danger stays here, and so does whatever
is of people who were not asked or said no: of those there is only a count.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.report import wording
from bot.settings import Settings
from coach import goal_set
from coach.masking import masked
from coach.rules import safety
from coach.values import Danger
from storage import example_consent, low_stars, opening
from storage.low_stars import LowStars
from storage.people import Person
from storage.transaction import Transaction

HARMLESS = frozenset({Danger.NONE, Danger.CAUTION})


@dataclass(frozen=True, slots=True)
class Collected:
    """How many cases were added, were there already, told of danger, or lacked a consent."""

    added: int
    known: int
    withheld: int
    without_consent: int

    def __str__(self) -> str:
        return (
            f"{self.added} added, {self.known} there already; left out: {self.withheld} that may "
            f"tell of danger, {self.without_consent} of people who have not agreed"
        )


def collect(chosen: Settings, file: Path) -> Collected:
    """Add the low-starred texts of people who agreed to *file*, which only its owner may read."""
    there = file.exists() and file.stat().st_size
    known = {case.id for case in goal_set.read(file)} if there else set[str]()
    url, now = chosen.database_url.get_secret_value(), SystemClock().now()
    database = opening.open_beside(url, chosen.key_file, now)
    try:
        found, without_consent = database.read_now(_found)
    finally:
        database.close()
    harmless = [
        (person, low) for person, low in found if safety.triage(low.text).danger in HARMLESS
    ]
    cases = {row["id"]: row for row in (_case(person, low) for person, low in harmless)}
    new = [row for name, row in cases.items() if name not in known]
    try:
        if new:
            _append(file, new)
    except OSError as error:
        what = f"cannot be written ({error.__class__.__name__})"
        raise goal_set.CasesError(file, 0, what) from error
    withheld = len(found) - len(harmless)
    return Collected(len(new), len(cases) - len(new), withheld, without_consent)


def _found(transaction: Transaction) -> tuple[list[tuple[Person, LowStars]], int]:
    agreed = example_consent.people_who_agreed(transaction)
    found = [(person, low) for person in agreed for low in low_stars.of(transaction, person)]
    return found, low_stars.count_of_others(transaction, agreed)


def _case(person: Person, low: LowStars) -> dict[str, Any]:
    """Write a case; its id tells nothing but the words in it, its time no more than the day."""
    text = masked(low.text)
    digest = hashlib.sha256(f"{low.kind} {low.language} {text}".encode()).hexdigest()[:10]
    noon = low.at.astimezone(ZoneInfo(person.time_zone or "UTC")).replace(hour=12, minute=0)
    why = f" ({wording.reason(low.reason).lower()})" if low.reason else ""
    return {
        "id": f"low-{digest}",
        "text": text,
        "language": low.language,
        "asks_for": low.kind.value,
        "expected": {"good": f"Better than what got {low.stars} of 5 stars{why}."},
        "stars": low.stars,
        "reason": low.reason,
        "now": f"{noon:%Y-%m-%dT%H:%M}",
    }


def _append(file: Path, rows: list[dict[str, Any]]) -> None:
    file.touch(mode=0o600)
    file.chmod(0o600)
    before = file.read_text(encoding="utf-8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    joint = "\n" if before and not before.endswith("\n") else ""
    with file.open("a", encoding="utf-8") as end:
        end.write(joint + lines)
