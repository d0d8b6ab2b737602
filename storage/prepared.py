"""Prepared statements: what SQLAlchemy works out at each execution, worked out once.

For fixed statements: all inserts, and what every turn sends. Each took many times as long to
prepare, and its rows to read, as SQLite needs to carry it out.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Dialect, Insert, Select, UpdateBase
from sqlalchemy.sql.compiler import SQLCompiler

Process = Callable[[Any], Any]
Fixed = UpdateBase | Select[*tuple[Any, ...]]
"""A statement of a module, made once."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as a driver takes it, and how each of its values is made.

    *fixed* are the values that the statement brings itself, *order* is how the driver wants
    them: None where it finds them by name. *row* has the names of what it brings, *reads* how
    each is read.
    """

    sql: str
    fixed: Mapping[str, Any]
    processes: Mapping[str, Process | None]
    order: tuple[str, ...] | None
    row: Callable[[Iterable[Any]], Any]
    reads: tuple[Process | None, ...]

    def filled(self, values: Mapping[str, Any]) -> Any:
        """Make what goes with the statement of *values*, which have all its names."""
        made = dict(self.fixed)
        for name, process in self.processes.items():
            made[name] = values[name] if process is None else process(values[name])
        return made if self.order is None else tuple([made[name] for name in self.order])

    def read(self, brought: Sequence[Any]) -> Any:
        """Make a row of what the driver brought."""
        return self.row(
            [
                value if process is None else process(value)
                for process, value in zip(self.reads, brought, strict=True)
            ]
        )


_KNOWN: dict[tuple[str, Fixed, tuple[str, ...]], Prepared] = {}


def prepared(statement: Fixed, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    """Prepare a statement of a module for values of these *names*; it is kept for ever.

    ValueError: it has a list of any length, a default that Python makes, or other names.
    """
    key = dialect.name, statement, names
    if (known := _KNOWN.get(key)) is None:
        known = _KNOWN[key] = _prepare(statement, names, dialect)
    return known


def _prepare(statement: Fixed, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    columns = list(names) if isinstance(statement, Insert) else None
    compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=columns)
    _refuse_unfit(compiled, names)
    fixed, processes = dict[str, Any](), dict[str, Process | None]()
    for bind, name in compiled.bind_names.items():
        process = cast(Process | None, bind.type.dialect_impl(dialect).bind_processor(dialect))
        if name in names:
            processes[name] = process
        else:
            fixed[name] = process(bind.effective_value) if process else bind.effective_value
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    columns = tuple(statement.exported_columns)
    keys = [str(column.key) for column in columns]
    row = namedtuple("Row", keys)  # pyright: ignore[reportUntypedNamedTuple]
    types = [column.type.dialect_impl(dialect) for column in columns]
    reads = tuple([one.result_processor(dialect, None) for one in types])
    return Prepared(compiled.string, fixed, processes, order, row._make, reads)


def _refuse_unfit(compiled: SQLCompiler, names: tuple[str, ...]) -> None:
    """Raise ValueError for what has to be worked out at each execution, or is not all there."""
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    unfit = {
        "columns with defaults of their own": [column.name for column in compiled.prefetch],
        "lists of any length": [bind.key for bind in compiled.post_compile_params],
        "values that are missing": [n for n, b in binds.items() if b.required and n not in names],
        "values that nothing asks for": [name for name in names if name not in binds],
    }
    if told := {what: found for what, found in unfit.items() if found}:
        raise ValueError(f"cannot be prepared: {told}")
