"""Prompts: one Markdown file each; a prompt's version is the hash of its words."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "prompts"
_SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's fixed text, with what all prompts share before it.

    `version` changes whenever a word of either does.
    """

    name: str
    text: str
    version: str

    def filled(self, **slots: str) -> str:
        """Fill the slots with values of ours; the person's words travel apart from it."""
        return self.text.format_map(slots)


@cache
def load(name: str) -> Prompt:
    """Read a prompt, once."""
    text = f"{_read(_SHARED)}\n{_read(name)}"
    digest = sha256(text.encode()).hexdigest()[:8]
    return Prompt(name, text, f"{name}-{digest}")


def names() -> list[str]:
    """List the prompts."""
    return sorted(file.stem for file in _FOLDER.glob("*.md") if file.stem != _SHARED)


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
