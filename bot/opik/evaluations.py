"""An evaluation in Opik: its goals as a dataset, the run as an experiment, a trace for each case.

The coach has run before anything is sent, with its spans recorded as those of a turn are. So
no Opik can spoil or slow a run, and one that is down, hanging or refusing costs seconds.
"""

import asyncio
import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from bot.opik import Opik
from bot.opik.wire import OutageError, RefusedError, Wire
from coach import tracing
from coach.dimensions import BY
from coach.goal_set import Case
from coach.ids import uuid7, uuid7_named
from coach.tracing import Trace
from storage.evaluations import SUFFIX

if TYPE_CHECKING:
    from opik.rest_api.client import OpikApi

T = TypeVar("T")
Row = dict[str, Any]
Call = Callable[["OpikApi"], None]

TRACE = "evaluation"
"""The name of a case's trace; a person's are called `turn`."""

PATIENCE = timedelta(seconds=3)
"""How long Opik may take for one call before it is given up."""

_AT_ONCE = 50  # cases; Opik takes 1,000 spans, and a case has a dozen
_TAKEN = 409  # the name, which means that the dataset is there
_ITEMS_SINCE = datetime(2026, 11, 1, tzinfo=UTC)  # any fixed time: an item's id must not change


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records what the coach does for each case, as one trace with the words of the goals."""

    now: Callable[[], datetime]
    traces: dict[str, Row] = field(default_factory=dict[str, Row])

    @contextmanager
    def watch(self, case: Case) -> Generator[None]:
        """Record what happens in the block as the case's trace."""
        trace_id = uuid7(self.now())
        trace = Trace(trace_id, trace_id, self.now, words=True)
        trace.root.name = TRACE
        with tracing.recording(trace):
            yield
        self.traces[case.id] = json.loads(trace.payload())


@dataclass(frozen=True, slots=True)
class Run:
    """A run to be shown: what was run, what came of it, and under which conditions."""

    dataset: str
    cases: Sequence[Case]
    rows: Sequence[Row]
    traces: Mapping[str, Row]
    conditions: Row


async def log(opik: Opik, run: Run, now: datetime) -> str:
    """Bring a run to Opik; tell in a line where it is, or why it is not there."""
    wire = Wire(opik)
    place = f"{opik.workspace or ''}/{opik.project}/{run.dataset}"
    upload = _Upload(opik.project, run, uuid7(now), place, f"{now:%Y-%m-%d %H:%M:%S}")
    try:
        await wire.call(lambda _: None)  # loads the package, which is not Opik's to answer for
        for call in upload.calls():
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await wire.call(call)
    except (OutageError, RefusedError) as error:
        return f"Opik: not logged ({error})"
    except TimeoutError:
        return "Opik: not logged (no answer in time)"
    finally:
        wire.close()
    return f"Opik: experiment {upload.name}, dataset {run.dataset}, project {opik.project}"


@dataclass(frozen=True, slots=True)
class _Upload:
    """The calls that bring one run to Opik, in their order."""

    project: str
    run: Run
    experiment_id: str
    place: str  # what makes the ids of items its own
    name: str

    def calls(self) -> Iterator[Call]:
        """Say what is there to be evaluated, then what came of it, then that this is all."""
        yield self._dataset
        for cases in _parts(self.run.cases):
            yield lambda api, cases=cases: self._items(api, cases)
        yield self._experiment
        for rows in _parts(self.run.rows):
            for step in (self._traces, self._spans, self._scores, self._links):
                yield lambda api, step=step, rows=rows: step(api, rows)
        yield lambda api: api.experiments.finish_experiments(ids=[self.experiment_id])

    def _dataset(self, api: "OpikApi") -> None:
        from opik.rest_api.core.api_error import ApiError

        try:
            api.datasets.create_dataset(name=self.run.dataset, project_name=self.project)
        except ApiError as error:
            if error.status_code != _TAKEN:
                raise

    def _items(self, api: "OpikApi", cases: Sequence[Case]) -> None:
        """Write the goals; one that is there already under its id is changed, if it has changed."""
        from opik.rest_api.types.dataset_item_write import DatasetItemWrite

        items = [
            DatasetItemWrite(id=self._item_id(case.id), source="sdk", data=_item(case))
            for case in cases
        ]
        api.datasets.create_or_update_dataset_items(
            items=items, dataset_name=self.run.dataset, project_name=self.project
        )

    def _experiment(self, api: "OpikApi") -> None:
        api.experiments.create_experiment(
            id=self.experiment_id,
            name=self.name,
            dataset_name=self.run.dataset,
            project_name=self.project,
            metadata=self.run.conditions,
            type="regular",
            evaluation_method="dataset",
        )

    def _traces(self, api: "OpikApi", rows: Sequence[Row]) -> None:
        from opik.rest_api.types.trace_write import TraceWrite

        texts = {case.id: case.text for case in self.run.cases}
        told = [(self.run.traces[row["id"]]["trace"], row) for row in rows]
        traces = [
            TraceWrite(**trace | _told(texts[row["id"]], row), **self._ours())
            for trace, row in told
        ]
        api.traces.create_traces(traces=traces)

    def _spans(self, api: "OpikApi", rows: Sequence[Row]) -> None:
        from opik.rest_api.types.span_write import SpanWrite

        spans = [
            SpanWrite(**span, **self._ours())
            for row in rows
            for span in self.run.traces[row["id"]]["spans"]
        ]
        if spans:
            api.spans.create_spans(spans=spans)

    def _scores(self, api: "OpikApi", rows: Sequence[Row]) -> None:
        from opik.rest_api.types.feedback_score_batch_item import FeedbackScoreBatchItem

        scores = [
            FeedbackScoreBatchItem(
                id=self._trace_id(row),
                project_name=self.project,
                source="sdk",
                name=f"{dimension}_{SUFFIX[by]}",
                value=score,
            )
            for row in rows
            for place, by in BY.items()
            for dimension, score in row.get(place, {}).items()
        ]
        if scores:
            api.traces.score_batch_of_traces(scores=scores)

    def _links(self, api: "OpikApi", rows: Sequence[Row]) -> None:
        from opik.rest_api.types.experiment_item import ExperimentItem

        items = [
            ExperimentItem(
                id=uuid7_named(_ITEMS_SINCE, f"{self.experiment_id}/{row['id']}"),
                experiment_id=self.experiment_id,
                dataset_item_id=self._item_id(row["id"]),
                trace_id=self._trace_id(row),
                project_name=self.project,
            )
            for row in rows
        ]
        api.experiments.create_experiment_items(experiment_items=items)

    def _item_id(self, case_id: str) -> str:
        return uuid7_named(_ITEMS_SINCE, f"{self.place}/{case_id}")

    def _trace_id(self, row: Row) -> str:
        return self.run.traces[row["id"]]["trace"]["id"]

    def _ours(self) -> Row:
        return {"project_name": self.project, "source": "experiment"}


def _parts(of: Sequence[T]) -> Iterator[Sequence[T]]:
    return (of[start : start + _AT_ONCE] for start in range(0, len(of), _AT_ONCE))


def _item(case: Case) -> Row:
    given = {"case": case.id, "text": case.text, "now": case.now.isoformat()}
    rest = {name: value for name, value in case.expected.items() if name != "id"}
    return {**rest, **given, "language": case.language}


def _told(text: str, row: Row) -> Row:
    """Say what a case was and what came of it; the whole of it is in the spans."""
    made = {name: row[name] and row[name]["text"] for name in ("resolution", "plan")}
    facts = ("id", "kind", "mode", "problems", "missed")
    return {
        "input": {"text": text},
        "output": {"route": row["route"], "reply": row["reply"], **made},
        "metadata": {name: row[name] for name in facts},
    }
