"""What a model must not see of a person: names, contacts, keys; and no more than it needs.

Patterns find what looks like one; a name in the middle of a story stays. What could be a goal's
figure is left alone: dates, times, sums, amounts with a unit.
"""

import re
from functools import cache
from typing import Any, cast

from coach.rules import lexicon

_HEAD, _TAIL = 1_200, 800  # characters of a long text that are sent
_CARD = range(13, 20)  # digits
_PHONE = range(9, 16)
_SHORT_PHONE = 7  # digits, behind "+", or in brackets
_SUMS = r"[€$£¥₹₽]|US\$|EUR|USD|GBP|euros?|dollars?|pounds|pesos|yen|libras|d[óo]lares"
_UNITS = r"steps|words|views|pasos|palabras|visitas"

# Tried in this order at each place of the text; what is `kept` is nobody's contact.
_SHAPES = re.compile(
    rf"""
    (?P<kept>
        (?<![\d.])(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|\d{{4}}[./-]\d\d?[./-]\d\d?)(?![\d./-]\d)
      | (?<!\d)(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d)
      | (?:{_SUMS})\s?\d[\d., ]{{0,20}}\d
      | (?<!\d)\d{{1,3}}(?:[., ]?\d{{3}}){{1,5}}\s?(?:{_SUMS}|{_UNITS})(?!\w)
      | (?<![\d,.])\d{{1,3}}(?:,\d{{3}}){{1,5}}(?![\d,])
    )
  | (?P<email>(?<![\w.+%-])[\w.+%-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,6}})
  | (?P<key>(?<!\w)(?:\d{{6,}}:[\w-]{{30,}}|AIza[\w-]{{30,}}|(?:sk|ghp|xox[a-z])[-_][\w-]{{16,}}))
  | (?P<link>
        (?:https?|tg|ftp)://[^\s<>]+ | (?<!\w)www\.[^\s<>]+
      | (?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,6}}
        (?:com|org|net|io|me|es|mx|ar|cl|eu|uk|de|fr|it|info|app|dev|ai|co|tv)(?![\w-]|\.\w)(?:/[^\s<>]*)?
      | (?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,6}}(?:com|org|net|co|gob|edu)
        (?:\.\w\w)?(?!\w)(?:/[^\s<>]*)?
    )
  | (?P<handle>(?<![\w@/])@[^\W\d]\w{{2,}})
  | (?P<iban>(?<!\w)[A-Z]{{2}}\d\d(?:[ -]?[A-Z\d]{{2}}\d\d){{3,7}}
        (?:[ -]?[A-Z\d]{{1,4}})?(?!\w))
  | (?P<ip>(?<![\d.])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?![\d.]\d|\d)
      | (?<![\w:])(?:[\da-fA-F]{{1,4}}:){{4,7}}[\da-fA-F]{{1,4}}(?![\w:]))
  | (?P<number>(?<![\w.,:/+])(?:\+|\(\+?)?\d(?:[ ().\-/]{{0,2}}\d){{5,24}}(?![\d:]|[.,]\d|\s?%))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> str:
    """Return *text* with [name], [email], [phone] … in place of these, at most 2,000 characters.

    Of a longer text the beginning and the end are kept.
    """
    hidden = _without_names(_SHAPES.sub(_hidden, text))
    if len(hidden) <= _HEAD + _TAIL:
        return hidden
    return f"{hidden[: _HEAD - 3]} … {hidden[-_TAIL:]}"


def masked_in(data: Any) -> Any:
    """Return *data* with every text in it masked, our own too: they repeat what people wrote."""
    match data:
        case str():
            return masked(data)
        case dict():
            fields = cast("dict[str, Any]", data)
            return {name: masked_in(value) for name, value in fields.items()}
        case list() | tuple():
            return [masked_in(value) for value in cast("list[Any]", data)]
        case _:
            return data


def holds_contact(text: str) -> bool:
    """Tell whether a text holds an address, a link, a number to call or a handle."""
    return any(_hidden(found) != found[0] for found in _SHAPES.finditer(text))


def _hidden(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind == "number":
        kind = _number(found[0])
    return found[0] if kind == "kept" else f"[{kind}]"


def _number(typed: str) -> str:
    """Tell a card and a phone from a figure of a goal."""
    digits = re.sub(r"\D", "", typed)
    if len(digits) in _CARD and _adds_up(digits):
        return "card"
    marked = typed.startswith(("+", "(", "00"))
    if len(digits) in _PHONE or (marked and len(digits) >= _SHORT_PHONE):
        return "phone"
    return "number" if len(digits) > _PHONE[-1] else "kept"


def _adds_up(digits: str) -> bool:
    """Tell whether a card's last digit fits the others (Luhn)."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _without_names(text: str) -> str:
    for before, never in _introductions():

        def hide(found: re.Match[str], never: frozenset[str] = never) -> str:
            known = found["name"].split()[0].lower() in never
            return found[0] if known else f"{found['before']}[name]"

        text = before.sub(hide, text)
    return text


@cache
def _introductions() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Return what stands before a name in each language, and words that are no name there."""
    made: list[tuple[re.Pattern[str], frozenset[str]]] = []
    for language in lexicon.languages():
        rows = lexicon.table(f"{language}/names")
        capital = r"[A-ZÁÉÍÓÚÑ][\w’'-]+"
        certain, likely = "|".join(rows["certain"]), "|".join(rows["likely"])
        never = frozenset(rows["never"])
        more = rf"(?:[ ]{capital}){{0,2}}"
        made += [
            (re.compile(rf"(?P<before>\b(?i:{certain})\s+)(?P<name>[^\W\d]+{more})"), never),
            (re.compile(rf"(?P<before>\b(?i:{likely})\s+)(?P<name>{capital}{more})"), never),
        ]
    return tuple(made)
