"""What a recorder holds: rows as Opik keeps them, merged by id, the later field winning."""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]

MOST_ROWS = 1_000
SPAN_TYPES = {"general", "llm", "tool", "guardrail"}
NOW = "2026-11-23T12:00:00Z"


class RefusedError(Exception):
    """A row that Opik would not take."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        super().__init__(reason)


@dataclass
class Shelf:
    """Everything that was accepted, and how many rows it took."""

    traces: dict[str, Row] = field(default_factory=dict[str, Row])
    spans: dict[str, Row] = field(default_factory=dict[str, Row])
    scores: dict[str, Row] = field(default_factory=dict[str, Row])  # by "id/name"
    deleted: list[str] = field(default_factory=list[str])
    projects: dict[str, Row] = field(default_factory=dict[str, Row])
    prompts: dict[str, Row] = field(default_factory=dict[str, Row])
    prompt_versions: list[Row] = field(default_factory=list[Row])
    datasets: dict[str, Row] = field(default_factory=dict[str, Row])
    dataset_items: dict[str, Row] = field(default_factory=dict[str, Row])
    experiments: dict[str, Row] = field(default_factory=dict[str, Row])
    experiment_items: list[Row] = field(default_factory=list[Row])
    received: dict[str, int] = field(default_factory=dict[str, int])  # rows, resent ones too

    def put(self, kind: str, rows: Iterable[Row], check: Callable[[Row], None]) -> None:
        """Take a batch, whole or not at all, as Opik does."""
        rows = list(rows)
        if not 0 < len(rows) <= MOST_ROWS:
            raise RefusedError(422, f"size must be between 1 and {MOST_ROWS}")
        for row in rows:
            check(row)
        self._count(kind, len(rows))
        held: dict[str, Row] = getattr(self, kind)
        for row in rows:
            held[row["id"]] = held.get(row["id"], {}) | present(row)

    def change(self, kind: str, row_id: str, row: Row) -> None:
        """Change one row, or begin it: an update may overtake its creation."""
        held: dict[str, Row] = getattr(self, kind)
        held[row_id] = held.get(row_id, {"id": row_id}) | present(row)

    def score(self, rows: Iterable[Row], check: Callable[[Row], None]) -> None:
        """Take scores: one a name for each trace or span, the latest."""
        rows = list(rows)
        for row in rows:
            check(row)
        self._count("scores", len(rows))
        for row in rows:
            self.scores[f"{row['id']}/{row['name']}"] = present(row)

    def delete_traces(self, ids: Iterable[str]) -> None:
        """Delete traces with their spans and scores."""
        for trace_id in ids:
            self.deleted.append(trace_id)
            self.traces.pop(trace_id, None)
            self.spans = {k: s for k, s in self.spans.items() if s["trace_id"] != trace_id}
            self.scores = {k: s for k, s in self.scores.items() if s["id"] != trace_id}

    def named(self, kind: str, row: Row) -> Row:
        """Return what has this name, made now if it is new."""
        held: dict[str, Row] = getattr(self, kind)
        made = {"id": row.get("id") or new_id(), "created_at": NOW, **present(row)}
        return held.setdefault(row["name"], made)

    def prompt_version(self, name: str, told: Row) -> Row:
        """Add a version to a prompt; the same words again are the version they were."""
        prompt = self.named("prompts", {"name": name, "template_structure": "text"})
        for version in self.prompt_versions:
            if version["prompt_id"] == prompt["id"] and version["template"] == told["template"]:
                return version
        version = {
            "id": new_id(),
            "prompt_id": prompt["id"],
            "commit": hashlib.sha256(told["template"].encode()).hexdigest()[:8],
            "type": "mustache",
            "template_structure": prompt["template_structure"],
            "created_at": NOW,
            **present(told),
        }
        self.prompt_versions.append(version)
        return version

    def _count(self, kind: str, rows: int) -> None:
        self.received[kind] = self.received.get(kind, 0) + rows


def present(row: Row) -> Row:
    """Leave out what is not said."""
    return {name: value for name, value in row.items() if value is not None}


def new_id() -> str:
    """Make an id of the version that Opik asks for."""
    number = uuid.uuid4().int & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=number))


def check_trace(row: Row) -> None:
    """Refuse a trace that Opik would not take."""
    _need(_is_id(row.get("id")), "id must be a version 7 UUID")
    _need(isinstance(row.get("start_time"), str), "start_time must not be null")
    for name in ("name", "thread_id", "project_name"):
        _need(isinstance(row.get(name, ""), str), f"{name} must be a string")
    tags: Any = row.get("tags") or []
    _need(all(isinstance(tag, str) for tag in tags), "tags must be strings")
    for name in ("input", "output", "metadata"):
        _need(isinstance(row.get(name) or {}, dict | list | str), f"{name} must be JSON")
    error = row.get("error_info")
    if error is not None:
        told = isinstance(error.get("exception_type"), str) and isinstance(
            error.get("traceback"), str
        )
        _need(told, "error_info needs exception_type and traceback")


def check_span(row: Row) -> None:
    """Refuse a span that Opik would not take."""
    check_trace(row)
    _need(_is_id(row.get("trace_id")), "trace_id must be a version 7 UUID")
    parent = row.get("parent_span_id")
    _need(parent is None or _is_id(parent), "parent_span_id must be a version 7 UUID")
    _need((row.get("type") or "general") in SPAN_TYPES, "type is unknown")
    usage: Any = row.get("usage") or {}
    _need(all(type(count) is int for count in usage.values()), "usage must be whole numbers")
    cost = row.get("total_estimated_cost")
    _need(cost is None or isinstance(cost, int | float), "total_estimated_cost must be a number")


def check_score(row: Row) -> None:
    """Refuse a score that Opik would not take."""
    _need(_is_id(row.get("id")), "id must be a version 7 UUID")
    _need(bool(row.get("name")), "name must not be blank")
    _need(isinstance(row.get("value"), int | float), "value must be a number")
    _need(row.get("source") in {"sdk", "ui", "online_scoring"}, "source is unknown")


def _need(held: bool, reason: str) -> None:
    if not held:
        raise RefusedError(400, reason)


def _is_id(value: Any) -> bool:
    try:
        return uuid.UUID(value).version == 7
    except (ValueError, TypeError, AttributeError):
        return False
