"""Ways in which a SQLite file is damaged, each a function over its bytes and a place in it."""

from collections.abc import Callable
from random import Random

PAGE = 4096
Damage = Callable[[bytes, Random], bytes]


def written_over(whole: bytes, at: int, what: bytes) -> bytes:
    """Write something over what is there."""
    return whole[:at] + what + whole[at + len(what) :]


def page(whole: bytes, dice: Random, first: int = 1, most: int = 1) -> int:
    """Choose a page behind the first ones, with room for *most*; return where it begins."""
    return PAGE * dice.randrange(first, len(whole) // PAGE - most + 1)


def page_over_page(whole: bytes, dice: Random) -> bytes:
    """Let a disk write a page to another's place."""
    at = page(whole, dice)
    return written_over(whole, page(whole, dice), whole[at : at + PAGE])


def cut(whole: bytes, dice: Random) -> bytes:
    """Lose the end, from some byte of the second half on."""
    return whole[: dice.randrange(len(whole) // 2, len(whole) - PAGE)]


DAMAGES: dict[str, Damage] = {
    "all zeros": lambda whole, _: bytes(len(whole)),
    "another file": lambda _, dice: b"Dear diary, " * dice.randrange(1, 10_000),
    "no header": lambda whole, dice: written_over(whole, 0, dice.randbytes(100)),
    "noise in the schema": lambda whole, dice: written_over(whole, 100, dice.randbytes(2_000)),
    "a page of noise": lambda whole, dice: written_over(
        whole, page(whole, dice), dice.randbytes(PAGE)
    ),
    "a page of zeros": lambda whole, dice: written_over(whole, page(whole, dice), bytes(PAGE)),
    "a page over another": page_over_page,
    "noise over ten pages": lambda whole, dice: written_over(
        whole, page(whole, dice, most=10), dice.randbytes(10 * PAGE)
    ),
    "the end lost": cut,
    "the last pages lost": lambda whole, dice: whole[: -PAGE * dice.randrange(1, 11)],
}


def damaged(whole: bytes, kind: str, seed: int) -> bytes:
    """Damage a file in one of these ways at a place that the *seed* chooses."""
    dice, made = Random(f"{kind} {seed}"), whole
    while made == whole:  # empty pages are all alike
        made = DAMAGES[kind](whole, dice)
    return made
