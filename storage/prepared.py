"""Prepared statements: what SQLAlchemy works out at each execution, worked out once.

For the few fixed statements that every turn sends and that bring no rows back. Each of them
took five times as long to prepare as SQLite needs to carry it out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Dialect, Insert, UpdateBase
from sqlalchemy.sql.compiler import SQLCompiler

Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as a driver takes it, and how each of its values is made.

    *fixed* are the values that the statement brings itself, *order* is how the driver wants
    them: None where it finds them by name.
    """

    sql: str
    fixed: Mapping[str, Any]
    processes: Mapping[str, Process | None]
    order: tuple[str, ...] | None

    def filled(self, values: Mapping[str, Any]) -> Any:
        """Make what goes with the statement of *values*, which have all its names."""
        made = dict(self.fixed)
        for name, process in self.processes.items():
            made[name] = values[name] if process is None else process(values[name])
        return made if self.order is None else tuple([made[name] for name in self.order])


_KNOWN: dict[tuple[str, UpdateBase, tuple[str, ...]], Prepared] = {}


def prepared(statement: UpdateBase, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    """Prepare a statement of a module for values of these *names*; it is kept for ever.

    ValueError: a column that none of them fills has a default that Python makes.
    """
    key = dialect.name, statement, names
    if (known := _KNOWN.get(key)) is None:
        known = _KNOWN[key] = _prepare(statement, names, dialect)
    return known


def _prepare(statement: UpdateBase, names: tuple[str, ...], dialect: Dialect) -> Prepared:
    columns = list(names) if isinstance(statement, Insert) else None
    compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=columns)
    if compiled.prefetch:  # they would be worked out at each execution, which is what this spares
        left_out = [column.name for column in compiled.prefetch]
        raise ValueError(f"columns with defaults of their own: {left_out}")
    fixed, processes = dict[str, Any](), dict[str, Process | None]()
    for bind, name in compiled.bind_names.items():
        process = cast(Process | None, bind.type.dialect_impl(dialect).bind_processor(dialect))
        if name in names:
            processes[name] = process
        else:
            fixed[name] = process(bind.effective_value) if process else bind.effective_value
    order = compiled.positiontup
    return Prepared(compiled.string, fixed, processes, None if order is None else tuple(order))
