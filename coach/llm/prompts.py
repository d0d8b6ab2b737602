"""Prompts: one Markdown file each; a prompt's version is the hash of its words."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter

_FOLDER = Path(__file__).parent.parent / "prompts"
_SHARED, _STYLES = "shared", "styles.toml"
_RUN = 6  # words in a row that nobody says by chance

SLOTS = frozenset(("language", "style"))
"""What a prompt may leave to be filled, in braces."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's fixed text, with what all prompts share before it.

    `version` changes whenever a word of either does. *variant* is "experiment/variant" while
    the prompt is on trial, today's as the control included.
    """

    name: str
    text: str
    version: str
    variant: str = ""

    def filled(self, language: str, style: str) -> str:
        """Say which language and style to write in; the person's words travel apart from it."""
        return self.text.format_map({"language": language, "style": styles()[style]})


@cache
def load(name: str) -> Prompt:
    """Read a prompt, once."""
    return _made(name, _read(f"{name}.md"))


def control(name: str, variant: str) -> Prompt:
    """Return a prompt as it is, as the control of an experiment."""
    return replace(load(name), variant=variant)


def on_trial(name: str, words: str, variant: str) -> Prompt:
    """Make a prompt whose own part is *words*; from now on `quoted` knows them, too.

    Raise ValueError where they have a slot that cannot be filled, or a brace that is none.
    """
    for _, slot, form, conversion in Formatter().parse(words):
        if slot is not None and (slot not in SLOTS or form or conversion):
            raise ValueError(slot)
    _known_runs().update(_runs(words))
    return replace(_made(name, words), variant=variant)


def names() -> list[str]:
    """List the prompts."""
    return sorted(file.stem for file in _FOLDER.glob("*.md") if file.stem != _SHARED)


@cache
def styles() -> dict[str, str]:
    """Read what each style asks of a text, by its name."""
    return tomllib.loads(_read(_STYLES))


def quoted(said: str) -> bool:
    """Tell whether a text repeats a prompt for texts of ours: six of its words in a row."""
    return not _runs(said).isdisjoint(_known_runs())


@cache
def _known_runs() -> set[tuple[str, ...]]:
    # What judges is never asked for a text, and its anchors are examples that people may say.
    wording = [name for name in names() if not name.startswith("evaluate_")]
    return _runs("\n".join(_read(f"{name}.md") for name in [_SHARED, *wording]))


def _made(name: str, words: str) -> Prompt:
    text = f"{_read(f'{_SHARED}.md')}\n{words}"
    digest = sha256(f"{text}{styles()}".encode()).hexdigest()[:8]
    return Prompt(name, text, f"{name}-{digest}")


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
