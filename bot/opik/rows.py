"""Rows of the outbox as calls of Opik's API: whole batches, in its own models."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from storage.opik_outbox import Entry, Kind

if TYPE_CHECKING:
    from opik.rest_api.client import OpikApi

Send = Callable[["OpikApi", str, Sequence[Entry]], None]


def _traces(api: "OpikApi", project: str, entries: Sequence[Entry]) -> None:
    """Create traces and their spans; Opik merges what it has already by its id."""
    from opik.rest_api.types.span_write import SpanWrite
    from opik.rest_api.types.trace_write import TraceWrite

    ours: dict[str, Any] = {"project_name": project, "source": "sdk"}
    roots = [entry.content["trace"] for entry in entries]
    spans = [span for entry in entries for span in entry.content["spans"]]
    if traces := [TraceWrite(**root, **ours) for root in roots if root]:
        api.traces.create_traces(traces=traces)
    if spans:
        api.spans.create_spans(spans=[SpanWrite(**span, **ours) for span in spans])


def _scores(api: "OpikApi", project: str, entries: Sequence[Entry]) -> None:
    """Score traces: one score a name, the latest, so that their order in a batch is no matter."""
    from opik.rest_api.types.feedback_score_batch_item import FeedbackScoreBatchItem

    latest = {(e.trace_id, score["name"]): score for e in entries for score in e.content}
    rows = [
        FeedbackScoreBatchItem(id=trace_id, project_name=project, source="sdk", **score)
        for (trace_id, _), score in latest.items()
    ]
    api.traces.score_batch_of_traces(scores=rows)


def _erasures(api: "OpikApi", project: str, entries: Sequence[Entry]) -> None:
    """Delete traces, with their spans and scores; those that are not there are no matter."""
    api.traces.delete_traces(ids=[entry.trace_id for entry in entries])


SENT: dict[Kind, Send] = {Kind.TRACE: _traces, Kind.SCORES: _scores, Kind.ERASURE: _erasures}
"""How each kind is sent, in the order that keeps scores and erasures behind their traces."""
