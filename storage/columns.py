"""Column types with a promise: times are UTC, words are sealed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator

from storage.keys import Key, Words

# SQLite numbers rows by itself only in a column called INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An aware time; stored in UTC, read as UTC, refused when naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn *value* into UTC; SQLite keeps no zone, so none is given to it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class SealedWords:
    """Words as they came out of a sealed column; they open with their key and row only."""

    place: str
    sealed: bytes

    def open(self, key: Key, row: str) -> bytes:
        """Decrypt them, or raise WordsUnreadableError."""
        return key.open(self.place, row, self.sealed)


class Sealed(TypeDecorator[Any]):
    """A column of words: takes `Words`, gives `SealedWords`, never sees them in clear.

    *place* is "table.column" and part of what the words are bound to.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Words | None, dialect: Dialect) -> bytes | None:
        """Seal the words; anything else is a mistake of ours and refused."""
        if value is None:
            return None
        if not isinstance(value, Words):  # pyright: ignore[reportUnnecessaryIsInstance] callers are untyped here
            raise TypeError(f"{self.place} takes Words, never plain {type(value).__name__}")
        return value.key.seal(self.place, value.row, value.words)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> SealedWords | None:
        """Name the place, so that the words can be opened."""
        return None if value is None else SealedWords(self.place, bytes(value))
