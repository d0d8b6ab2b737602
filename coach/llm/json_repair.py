"""JSON out of what a model wrote: in a fence, amid chatter, with commas too many.

A second call costs a person more time than this; what cannot be mended here is broken.
"""

import json
import re
from collections.abc import Generator

from coach.llm.errors import BrokenAnswerError

LONGEST = 32_000
"""Characters of an answer that are looked at, some ten times what any step may come to."""

# One that is never closed goes to the end: looking for its end from every quote would be quadratic.
_STRING = r'"(?:[^"\\]++|\\.)*+"?'
_STRING_OR_BRACE = re.compile(rf"{_STRING}|[{{}}]", re.DOTALL)
_STRING_OR_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)


def parse(text: str) -> object:
    """Return the JSON value in *text*, or raise BrokenAnswerError.

    That is the whole text, or else the first outermost {…} in it that is JSON. The time it takes
    grows with the length of the text, which LONGEST bounds.
    """
    if len(text) > LONGEST:
        raise BrokenAnswerError("too long")
    for candidate in (text, *_objects(text)):
        try:
            return json.loads(_STRING_OR_COMMA.sub(r"\1", candidate), strict=False)
        except (ValueError, RecursionError):
            continue
    raise BrokenAnswerError("no JSON")


def _objects(text: str) -> Generator[str]:
    """Find the outermost balanced braces; those within strings do not count."""
    depth, begin = 0, 0
    for found in _STRING_OR_BRACE.finditer(text, max(text.find("{"), 0)):
        if found[0] == "{":
            begin = begin if depth else found.start()
            depth += 1
        elif found[0] == "}" and depth:
            depth -= 1
            if not depth:
                yield text[begin : found.end()]
