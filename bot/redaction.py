"""What must never reach a log: secrets, users' words, and characters that forge lines.

`Redaction.text` works on finished text, so that it covers our records, those of libraries
and stacks alike. `stack` renders an exception without its message: messages quote values,
and values are what people wrote.
"""

import errno
import json
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import cast
from urllib.parse import quote
from uuid import UUID

REDACTED = "[redacted]"
_SHAPES = re.compile(r"[0-9]{6,}(?::|%3A)[A-Za-z0-9_-]{30,}|AIza[\w-]{30,}", re.IGNORECASE)
# Controls, line and paragraph separators, marks that reorder text, halves of characters.
_FORGING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_RAW_UPDATE = "Received data was"
_LINKS_SHOWN = 5
_FRAMES_SHOWN = 12


class Redaction:
    """Takes shapes of secrets, and the secrets it was given, out of text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def text(self, text: str) -> str:
        """Return *text* as one line, without secrets or what follows a raw update."""
        kept, cut, _ = text.partition(_RAW_UPDATE)
        clean = self._secrets.sub(REDACTED, kept + cut)
        return escaped(_SHAPES.sub(REDACTED, clean))

    def value(self, value: object) -> object:
        """Return a plain value without secrets; of any other object, no more than its type.

        An update, a bot or an exception quotes people and tokens when it is printed.
        """
        match value:
            case Enum():
                return self.value(value.value)
            case None | bool() | int() | float():
                return value
            case Mapping():
                pairs = cast("Mapping[object, object]", value).items()
                return {self.text(str(key)): self.value(inner) for key, inner in pairs}
            case list() | tuple() | set() | frozenset():
                return [self.value(inner) for inner in cast("Iterable[object]", value)]
            case str() | date() | timedelta() | Decimal() | Path() | UUID():
                return self.text(str(value))
            case _:
                return type(value).__name__


def escaped(text: str) -> str:
    """Spell out every character that could end a line or act on a terminal."""
    return _FORGING.sub(lambda found: ascii(found[0])[1:-1], text)


def stack(error: BaseException) -> list[str]:
    """List an exception and its causes, each with the places it passed, innermost first."""
    return [_link(link) for link in islice(_chain(error), _LINKS_SHOWN)]


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            waiting += cast("BaseExceptionGroup[BaseException]", link).exceptions
        cause = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        waiting += [cause] if cause else []


def _link(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        name += f"({errno.errorcode.get(error.errno, error.errno)})"
    frames = traceback.extract_tb(error.__traceback__)[::-1][:_FRAMES_SHOWN]
    places = " < ".join(f"{_place(f.filename)}:{f.lineno} {f.name}" for f in frames)
    return f"{name} at {places}" if places else name


def _place(filename: str) -> str:
    return "/".join(Path(filename).parts[-2:])


def _forms(secret: str) -> set[str]:
    """Return the ways a secret is written: as it is, in an address, in JSON."""
    return {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]} - {""}
