"""How a language puts amounts and things into a person's phrase; the words are its data."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
_SPARE = "en"


@dataclass(frozen=True, slots=True)
class Splices:
    """The patterns of one language, by name, and what is written in place of what."""

    patterns: dict[str, re.Pattern[str]]
    definite: dict[str, str]
    after_will: dict[str, str]
    respelled: dict[str, str]
    endings: dict[str, str]
    going_on: tuple[tuple[re.Pattern[str], str], ...]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns[name]

    def singular(self, noun: str) -> str:
        """Return the singular of a regular plural: units nobody listed are typed by people."""
        ending = next((one for one in self.endings if noun.endswith(one)), "")
        return noun[: len(noun) - len(ending)] + self.endings.get(ending, "")

    def made_definite(self, noun: str) -> str:
        """Write "a garage" as "the garage"."""
        return _begun(noun, self.definite)

    def willed(self, behaviour: str) -> str:
        """Write a behaviour so that it can follow "I will"."""
        return _begun(behaviour, self.after_will)

    def ongoing(self, behaviour: str) -> str:
        """Write "juggle balls" as "juggling balls", where verbs have such a form."""
        fitting = (row for row in self.going_on if row[0].match(behaviour))
        pattern, form = next(fitting, (None, ""))
        return pattern.sub(form, behaviour, count=1) if pattern else behaviour

    def spelled(self, clause: str) -> str:
        """Write a clause's words as they are spelled inside a sentence."""
        for word, right in self.respelled.items():
            clause = re.sub(rf"\b{word}\b", right, clause)
        return clause


def _begun(phrase: str, otherwise: dict[str, str]) -> str:
    first = next((one for one in otherwise if phrase.lower().startswith(one)), "")
    return otherwise.get(first, "") + phrase[len(first) :]


@cache
def of(language: str) -> Splices:
    """Read the splices of *language*, once; English for a language that has none."""
    file = _FOLDER / language / "splices.toml"
    with (file if file.is_file() else _FOLDER / _SPARE / "splices.toml").open("rb") as source:
        rows = tomllib.load(source)
    return Splices(
        patterns={
            name: re.compile(text, re.IGNORECASE)
            for name, text in rows.items()
            if isinstance(text, str)
        },
        definite=rows["definite"],
        after_will=rows["after_will"],
        respelled=rows["respelled"],
        endings=rows["singular"],
        going_on=tuple((re.compile(text), form) for text, form in rows["ongoing"]),
    )
