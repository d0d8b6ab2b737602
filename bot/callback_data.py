"""What is written on the back of a button: `1:{action}:{number}:{argument}`.

The number is a prompt's, or names what the button is about.

Anybody can send us any bytes as a tap, so `decode` takes everything and believes nothing:
what it returns is well-formed, and whose it is must still be checked.
"""

import re
from dataclasses import dataclass
from datetime import date

from bot.journey import aspects
from bot.journey.events import Occasion, Rated, Subject

LONGEST = 32
_VERSION = "1"
_STARS, _REASON = "rt", "rr"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SHAPE = re.compile(r"1:([a-z]{2}):([a-z0-9.]{1,23}):([!-9;-~]{0,24})")
_NUMBER = r"(0|[1-9a-z][0-9a-z]{0,12})"
_VERSIONED = rf"{_NUMBER}\.([1-9a-z][0-9a-z]?)"
_SUBJECT = re.compile(rf"([rpcwfs]){_VERSIONED}")
_PROGRESS = re.compile(rf"(g){_VERSIONED}\.([1-9a-z][0-9a-z]{{3}})([0-9])")
_OCCASION = re.compile(rf"{_NUMBER}\.([1-9a-z][0-9a-z]{{0,3}})")
_REASON_CODE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Tap:
    """A choice under prompt number *prompt*."""

    action: str
    prompt: int
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Stars:
    """*stars* (1 to 5) for a subject."""

    subject: Subject
    stars: int


@dataclass(frozen=True, slots=True)
class Reason:
    """What was off with a subject, as a code."""

    subject: Subject
    code: str


@dataclass(frozen=True, slots=True)
class About:
    """A choice about one of somebody's goals on one day."""

    action: str
    occasion: Occasion
    argument: str = ""


@dataclass(frozen=True, slots=True)
class OfSubject:
    """A choice about a subject: `rm` say more, `ra` an aspect's answer, `rc` comment."""

    action: str
    subject: Subject
    argument: str = ""


Choice = Tap | Stars | Reason | About | OfSubject

OCCASIONS = frozenset({"ci", "am", "rs", "ro", "wr", "lp", "fn", "kp", "sp", "wp"})
"""Buttons about an occasion: check-in, amount, reason, option, review, lapse, finish, kept,
few stars, and the picture of the weeks."""

_MORE, _ANSWER, _COMMENT = "rm", "ra", "rc"
_OPINIONS = frozenset({_MORE, _ANSWER, _COMMENT})


class CallbackDataError(ValueError):
    """A button was made whose data would not come back as it is; our fault."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(f"no callback data for {choice!r}")
        self.choice = choice


def encode(choice: Choice) -> str:
    """Write *choice* as callback data, or raise CallbackDataError."""
    match choice:
        case Tap():
            parts = (choice.action, _base36(choice.prompt), choice.argument)
        case Stars():
            parts = (_STARS, _named(choice.subject), str(choice.stars))
        case Reason():
            parts = (_REASON, _named(choice.subject), choice.code)
        case OfSubject():
            parts = (choice.action, _named(choice.subject), choice.argument)
        case About(action, Occasion(goal, on), argument):
            parts = (action, f"{_base36(goal)}.{_base36(on.toordinal())}", argument)
    written = ":".join((_VERSION, *parts))
    if decode(written) != choice:
        raise CallbackDataError(choice)
    return written


def decode(written: str) -> Choice | None:
    """Read what `encode` wrote; None for anything else."""
    shape = _SHAPE.fullmatch(written)
    if shape is None or len(written) > LONGEST:
        return None
    action, number, argument = shape.groups()
    if action in {_STARS, _REASON} | _OPINIONS:
        return _about_a_subject(action, number, argument)
    if action in OCCASIONS:
        return _about_an_occasion(action, number, argument)
    return Tap(action, int(number, 36), argument) if number.isalnum() else None


def _about_a_subject(action: str, named: str, argument: str) -> Choice | None:
    subject = _subject(named)
    if subject is None:
        return None
    if action in _OPINIONS:
        offered = _is_offered(action, subject.rated, argument)
        return OfSubject(action, subject, argument) if offered else None
    if subject.rated is Rated.PROGRESS:  # it has questions, and no stars
        return None
    if action == _STARS and argument in {"1", "2", "3", "4", "5"}:
        return Stars(subject, int(argument))
    if action == _REASON and _REASON_CODE.fullmatch(argument):
        return Reason(subject, argument)
    return None


def _is_offered(action: str, rated: Rated, argument: str) -> bool:
    if action == _ANSWER:
        return aspects.read(rated, argument) is not None
    if action == _MORE and argument:
        return aspects.find(rated, argument) is not None
    return not argument


def _subject(named: str) -> Subject | None:
    if found := _SUBJECT.fullmatch(named):
        return Subject(Rated(found[1]), int(found[2], 36), int(found[3], 36))
    if found := _PROGRESS.fullmatch(named):
        on = date.fromordinal(int(found[4], 36))
        return Subject(Rated(found[1]), int(found[2], 36), int(found[3], 36), on, int(found[5]))
    return None


def _about_an_occasion(action: str, named: str, argument: str) -> Choice | None:
    found = _OCCASION.fullmatch(named)
    if found is None:
        return None
    goal, day = int(found[1], 36), int(found[2], 36)
    return About(action, Occasion(goal, date.fromordinal(day)), argument)


def _named(subject: Subject) -> str:
    name = f"{subject.rated}{_base36(subject.number)}.{_base36(subject.version)}"
    if subject.on is None:
        return name
    return f"{name}.{_base36(subject.on.toordinal())}{subject.place}"


def _base36(number: int) -> str:
    digits = ""
    while number > 0:
        number, last = divmod(number, 36)
        digits = _DIGITS[last] + digits
    return digits or "0"
