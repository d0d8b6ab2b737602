from datetime import date

import pytest

from coach import formats


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [(2550, "en", "2,550"), (2550, "es", "2.550"), (0.5, "en", "0.5"), (0.5, "es", "0,5")],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, language: str, written: str):
    assert formats.number(value, language) == written


@pytest.mark.parametrize(
    ("value", "currency", "language", "written"),
    [
        (50, "EUR", "en", "€50"),
        (12.5, "USD", "en", "$12.50"),
        (50, "EUR", "es", "50\N{NO-BREAK SPACE}€"),
        (1200.5, "EUR", "es", "1.200,50\N{NO-BREAK SPACE}€"),
    ],
)
def test_a_sum_has_its_sign_where_the_language_puts_it(
    value: float, currency: str, language: str, written: str
):
    assert formats.money(value, currency, language) == written


@pytest.mark.parametrize(("language", "written"), [("en", "Sunday"), ("es", "domingo")])
def test_a_day_is_named_in_the_language(language: str, written: str):
    assert formats.day(date(2027, 4, 18), "EEEE", language) == written


@pytest.mark.parametrize(("language", "written"), [("en", "a, b and c"), ("es", "a, b y c")])
def test_a_list_ends_as_the_language_ends_it(language: str, written: str):
    assert formats.listed(["a", "b", "c"], language) == written
