"""Entities: what Telegram finds in plain text, and the tidying it does to every text."""

import re

from bot.sandbox.shapes import Json, utf16_length

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<url>\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31}\b)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
)
_OPAQUE = frozenset({"code", "pre", "text_link"})  # nothing is looked for inside these


def found_in(text: str) -> list[Json]:
    """Find commands, links, mentions and addresses in plain text."""
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in _FOUND.finditer(text)
    ]


def complete(text: str, given: list[Json]) -> tuple[str, list[Json]]:
    """Trim *text*, fit the *given* entities to it, add those found; sort as Telegram does."""
    trimmed = text.strip()
    shift = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(trimmed)
    fitted = [entity for entity in (_fit(entity, shift, end) for entity in given) if entity]
    opaque = [entity for entity in fitted if entity["type"] in _OPAQUE]
    added = [one for one in found_in(trimmed) if not any(_overlap(one, two) for two in opaque)]
    return trimmed, sorted(fitted + added, key=lambda one: (one["offset"], -one["length"]))


def _fit(entity: Json, shift: int, end: int) -> Json | None:
    start = max(0, entity["offset"] - shift)
    stop = min(end, entity["offset"] + entity["length"] - shift)
    return {**entity, "offset": start, "length": stop - start} if stop > start else None


def _overlap(one: Json, two: Json) -> bool:
    return (
        one["offset"] < two["offset"] + two["length"]
        and two["offset"] < one["offset"] + one["length"]
    )
