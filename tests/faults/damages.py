"""Ways in which a SQLite file is damaged, each a function over its bytes."""

import random
from collections.abc import Callable

PAGE = 4096
Damage = Callable[[bytes], bytes]


def noise(size: int) -> bytes:
    """Make bytes that mean nothing."""
    return random.Random(size).randbytes(size)


def written_over(start: int, what: bytes) -> Damage:
    """Write something over what is there; a negative *start* counts from the end."""

    def damaged(whole: bytes) -> bytes:
        at = start % len(whole)
        return whole[:at] + what + whole[at + len(what) :]

    return damaged


def page_over_page(whole: bytes) -> bytes:
    """Let a disk write a page to another's place."""
    return whole[: 4 * PAGE] + whole[:PAGE] + whole[5 * PAGE :]


DAMAGES: dict[str, Damage] = {
    "all zeros": lambda whole: bytes(len(whole)),
    "another file": lambda _: b"Dear diary, " * 1_000,
    "no header": written_over(0, noise(100)),
    "noise in the schema": written_over(100, noise(2_000)),
    "a page of noise": written_over(3 * PAGE, noise(PAGE)),
    "a page of zeros": written_over(PAGE, bytes(PAGE)),
    "a page over another": page_over_page,
    "noise over ten pages": written_over(5 * PAGE, noise(10 * PAGE)),
    "the second half lost": lambda whole: whole[: len(whole) // 2],
    "the last pages lost": lambda whole: whole[: -10 * PAGE],
}
