"""What a reading finds is found once in it, and nothing of it is kept."""

from coach.rules.one_reading import once, reading

asked: list[str] = []


@once
def _length(text: str) -> int:
    asked.append(text)
    return len(text)


@reading
def _twice(text: str) -> int:
    return _length(text) + _length(text)


@reading
def _four_times(text: str) -> int:
    return _twice(text) + _twice(text)


def test_a_reading_finds_a_thing_once_and_the_next_finds_it_anew():
    asked.clear()
    assert (_four_times("ab"), asked) == (8, ["ab"])
    assert (_twice("ab"), asked) == (4, ["ab", "ab"])


def test_outside_a_reading_nothing_is_kept():
    asked.clear()
    assert _length("ab") + _length("ab") == 4
    assert asked == ["ab", "ab"]
