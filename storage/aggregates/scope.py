"""The scope of a figure: a window, and whose rows count."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause

from storage.people import Person
from storage.windows import Window


@dataclass(frozen=True, slots=True)
class Scope:
    """Everybody's rows of a window, or one person's."""

    window: Window
    person: Person | None = None

    def before(self) -> "Scope":
        """Return the scope of the same rows in the window before."""
        return replace(self, window=self.window.before())

    def of(
        self, table: FromClause, moment: ColumnElement[datetime]
    ) -> tuple[ColumnElement[bool], ...]:
        """Say in SQL which rows of a table are meant, by the time that counts."""
        held = self.window.holds(moment)
        return (held,) if self.person is None else (held, table.c.person_id == self.person.id)
