"""Cases: goals that the coach is run over, read from files of JSON lines.

A case needs an id, its own in the file, and a text; with `now` it is read at that time, with
expectations it is measured against them; with `"asks_for": "reply"` it is a message of
somebody who has a plan. `OWN` holds goals of this project's own.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

OWN = Path(__file__).with_name("own.jsonl")
"""Goals written for this project: every goal type, every route, two languages."""

OWN_BASELINE = OWN.with_name("own.baseline.json")
"""What the rules made of them, to compare with."""

_NO_DATE = datetime(2026, 1, 5, 12)  # noqa: DTZ001 # local time of nowhere, for cases without one
_CONFIGURATION = 2


class CasesError(Exception):
    """A file of goals cannot be used; the operator's to mend."""

    exit_code = _CONFIGURATION

    def __init__(self, file: Path, line: int, what: str) -> None:
        super().__init__(f"{file}, line {line}: {what}")
        self.file, self.line, self.what = file, line, what


@dataclass(frozen=True, slots=True)
class Case:
    """One goal, when it was said, and what is expected of the coach."""

    id: str
    text: str
    now: datetime = _NO_DATE
    language: str = "en"
    expected: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def kind(self) -> str | None:
        """The goal type it is expected to have, if it says so."""
        return self.expected.get("goal_type")

    @property
    def wants_reply(self) -> bool:
        """Whether it is a message of somebody who has a plan already, rather than a goal."""
        return self.expected.get("asks_for") == "reply"


def read(path: Path) -> list[Case]:
    """Read a file of JSON lines."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(path, 0, f"cannot be read ({error.__class__.__name__})") from error
    numbered = [(n, _case(path, n, line)) for n, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise CasesError(path, 0, "holds no goals")
    often = Counter(case.id for _, case in numbered)
    for number, case in numbered:
        if often[case.id] > 1:
            raise CasesError(path, number, f'"id" is not its own ({case.id})')
    return [case for _, case in numbered]


def digest(cases: Iterable[Case]) -> str:
    """Return a short hash of cases, whatever their order: the same for the same cases alone."""
    rows = [[one.id, one.text, one.now.isoformat(), one.language, one.expected] for one in cases]
    lines = sorted(json.dumps(row, sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _case(path: Path, number: int, line: str) -> Case:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CasesError(path, number, f"is no JSON ({error.msg})") from error
    if not isinstance(row, dict):
        raise CasesError(path, number, "is no JSON object")
    fields = cast(dict[str, Any], row)
    for name in ("id", "text"):
        if not isinstance(fields.get(name), str):
            raise CasesError(path, number, f'needs a text "{name}"')
    return Case(
        id=fields["id"],
        text=fields["text"],
        now=_moment(path, number, fields.get("now")),
        language=str(fields.get("language") or "en"),
        expected=fields,
    )


def _moment(path: Path, number: int, said: object) -> datetime:
    if said is None:
        return _NO_DATE
    try:
        return datetime.fromisoformat(str(said))
    except ValueError as error:
        raise CasesError(path, number, f'"now" is no date and time ({said})') from error
