from collections import Counter

from bot.journey.moves import MOVES


def test_no_row_stands_twice():
    counted = Counter((row.at, row.when) for row in MOVES)

    assert [key for key, times in counted.items() if times > 1] == []
