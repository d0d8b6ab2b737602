"""Telegram's JSON, and the one unit its text is measured in."""

from typing import Any

Json = dict[str, Any]  # Telegram's objects are open: new fields come with every version


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, as Telegram's limits and offsets do."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_chunks(text: str, limit: int) -> list[str]:
    """Cut *text* into pieces of at most *limit* UTF-16 units, never inside a character."""
    chunks: list[str] = []
    start = used = 0
    for position, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if used + width > limit:
            chunks.append(text[start:position])
            start, used = position, 0
        used += width
    return [*chunks, text[start:]]
