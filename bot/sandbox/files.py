"""Files the bot sent, kept in memory so that the page can show them."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass

KEPT = 200


@dataclass(frozen=True, slots=True)
class File:
    """A file's name, type and content."""

    name: str
    mime: str
    content: bytes


class Files:
    """The last files sent, by file id."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, File] = OrderedDict()

    def add(self, file: File) -> str:
        """Keep *file*; return its id."""
        file_id = secrets.token_urlsafe(18)
        self._files[file_id] = file
        if len(self._files) > KEPT:
            self._files.popitem(last=False)
        return file_id

    def get(self, file_id: str) -> File | None:
        """Return a file, unless it is unknown or forgotten."""
        return self._files.get(file_id)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Read width and height of a PNG or JPEG picture; None when it is neither."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a frame header
            height = int.from_bytes(content[position + 5 : position + 7])
            return int.from_bytes(content[position + 7 : position + 9]), height
        position += 2 + int.from_bytes(content[position + 2 : position + 4])
    return None
