"""Which weekdays suit a number of sessions a week, evenly spread; 0 is Monday."""

EVEN: dict[int, tuple[int, ...]] = {
    1: (5,),
    2: (1, 4),
    3: (0, 2, 4),
    4: (0, 1, 3, 5),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 2, 3, 4, 5),
    7: (0, 1, 2, 3, 4, 5, 6),
}
