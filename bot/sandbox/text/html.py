"""Telegram's HTML: a few tags, strictly nested, everything else refused.

Offsets in refusals count bytes of the source, offsets in entities UTF-16 units of the text.
"""

import html
import re
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json, utf16_length

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_ATTRIBUTE = r"""([A-Za-z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TOKEN = re.compile(
    rf"</(?P<end>[^>]*)>|<(?P<start>[A-Za-z][\w-]*)(?P<attributes>(?:\s+{_ATTRIBUTE})*)\s*>"
    r"|(?P<bad><)(?P<name>[^\s>]*)|(?P<escape>&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|lt|gt|amp|quot);)"
)
_LINK = re.compile(r"(?:https?://|tg://|mailto:|tel:)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.I)


class MarkupError(Exception):
    """The source is not Telegram's HTML; *reason* says why, in Telegram's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    source: str
    text: list[str] = field(default_factory=list[str])
    length: int = 0
    stack: list[_Open] = field(default_factory=list[_Open])
    entities: list[Json] = field(default_factory=list[Json])

    def write(self, text: str) -> None:
        self.text.append(text)
        self.length += utf16_length(text)

    def token(self, match: re.Match[str]) -> None:
        at = match.start()
        if match["escape"]:
            self.write(html.unescape(match["escape"]))
        elif match["bad"]:
            self.refuse(match["name"], at, closed=">" in self.source[at:])
        elif match["start"]:
            self.open(match["start"].lower(), _read_attributes(match["attributes"]), at)
        else:
            self.close(match["end"].strip().lower(), at)

    def refuse(self, name: str, at: int, closed: bool) -> None:
        if closed:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {self.bytes(at)}')
        raise MarkupError(f"Unclosed start tag at byte offset {self.bytes(at)}")

    def open(self, tag: str, attributes: dict[str, str], at: int) -> None:
        if tag not in _TAGS:
            self.refuse(tag, at, closed=True)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            where = self.bytes(at)
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.stack.append(_Open(tag, attributes, self.length))

    def close(self, tag: str, at: int) -> None:
        if not self.stack:
            raise MarkupError(f"Unexpected end tag at byte offset {self.bytes(at)}")
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            raise MarkupError(
                f"Unmatched end tag at byte offset {self.bytes(at)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        entity = self.entity(opened)
        if entity:
            self.entities.append(entity)

    def entity(self, opened: _Open) -> Json | None:
        entity: Json = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            url = opened.attributes.get("href", "")
            return {**entity, "url": _absolute(url)} if _LINK.fullmatch(url) else None
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        language = opened.attributes.get("class", "").removeprefix("language-")
        if opened.tag == "code" and language and self.stack and self.stack[-1].tag == "pre":
            self.stack[-1].attributes["language"] = language
            return None
        if opened.tag == "pre" and "language" in opened.attributes:
            entity["language"] = opened.attributes["language"]
        return entity

    def bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def parse(source: str) -> tuple[str, list[Json]]:
    """Read *source* into plain text and entities; MarkupError when Telegram would refuse it."""
    reader = _Reader(source)
    position = 0
    for match in _TOKEN.finditer(source):
        reader.write(source[position : match.start()])
        reader.token(match)
        position = match.end()
    reader.write(source[position:])
    if reader.stack:
        tag = reader.stack[-1].tag
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return "".join(reader.text), reader.entities


def _read_attributes(source: str) -> dict[str, str]:
    found = _ATTRIBUTES.findall(source)
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in found}


def _absolute(url: str) -> str:
    return url if re.match(r"[a-z]+:", url, re.I) else f"http://{url}/"
