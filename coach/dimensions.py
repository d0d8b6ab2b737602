"""The scores of an evaluation by dimension and goal type, the rules' beside the judge's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from coach import samples
from coach.values import GoalType

BY = {"scores": "rules", "judge": "judge"}
"""Where a case keeps its scores, and who gave them."""

ALL = "all"
_COLUMNS = (ALL, *(kind.value for kind in GoalType))


def summary(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return n and mean by dimension, who scored, and goal type; a few have no mean (None)."""
    values: dict[str, dict[str, dict[str, list[float]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in rows:
        for place, by in BY.items():
            for dimension, score in row.get(place, {}).items():
                for column in (ALL, row["kind"]):
                    values[dimension][by][column].append(score)
    return {
        dimension: {
            by: {c: _cell(each) for c, each in columns.items()} for by, columns in of.items()
        }
        for dimension, of in values.items()
    }


def render(scores: Mapping[str, Any]) -> str:
    """Write a line for each dimension and who scored it, with a column for each goal type."""
    head = "".join(f"{column:>12}" for column in _COLUMNS)
    lines = [f"{'mean score (n)':<22}{'by':<6}{head}"]
    for dimension, of in scores.items():
        for by, columns in of.items():
            cells = "".join(f"{_said(columns.get(column)):>12}" for column in _COLUMNS)
            lines.append(f"{dimension:<22}{by:<6}{cells}")
    few = f"of this run, 0 to 10; few: under {samples.ENOUGH} cases, which have no mean"
    return "\n".join((*lines, few))


def _cell(values: list[float]) -> dict[str, Any]:
    mean = samples.of(values).mean()
    return {"n": len(values), "mean": None if mean is None else round(mean.value, 2)}


def _said(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "-"
    mean = "few" if cell["mean"] is None else f"{cell['mean']:.2f}"
    return f"{mean} ({cell['n']})"
