"""The journey's table: every row there is, by concern; a more precise row is found first."""

from bot.journey.moves import company, data, everywhere, home, own, safety, setup

MOVES = (
    *setup.ROWS,
    *own.ROWS,
    *home.ROWS,
    *company.ROWS,
    *data.ROWS,
    *everywhere.ROWS,
    *safety.ROWS,
)
