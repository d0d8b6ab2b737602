"""What several readers of one text ask is found once, and forgotten when the text is read.

Nothing of what somebody wrote outlives the call that reads it.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")

_found: ContextVar[dict[Any, Any] | None] = ContextVar("found in this reading", default=None)


def reading(entry: Callable[_P, _T]) -> Callable[_P, _T]:
    """Make each call of *entry* one reading; a call within another's belongs to that."""

    @wraps(entry)
    def read(*args: _P.args, **named: _P.kwargs) -> _T:
        if _found.get() is not None:
            return entry(*args, **named)
        begun = _found.set({})
        try:
            return entry(*args, **named)
        finally:
            _found.reset(begun)

    return read


def once(find: Callable[_P, _T]) -> Callable[_P, _T]:
    """Run *find* once for the same arguments in a reading; what it returns is not to be changed."""

    @wraps(find)
    def found(*args: _P.args, **named: _P.kwargs) -> _T:
        memory = _found.get()
        if memory is None:
            return find(*args, **named)
        asked = (find, args, *named.items())
        if asked not in memory:
            memory[asked] = find(*args, **named)
        return memory[asked]

    return found
