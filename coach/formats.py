"""Numbers, money and dates as a language writes them.

Babel is imported by the first call: it is slow to load, and not every command writes a date.
"""

from datetime import date, time


def number(value: float, language: str) -> str:
    """Write a number: 2,550 or 0.5."""
    from babel.numbers import format_decimal

    return format_decimal(value, format="#,##0.##", locale=language)


def money(value: float, currency: str, language: str) -> str:
    """Write a sum with its currency: €50, $12.50, 50 €."""
    from babel import Locale
    from babel.numbers import format_currency

    pattern = Locale.parse(language).currency_formats["standard"].pattern
    pattern = pattern.replace(".00", "") if value == int(value) else pattern
    return format_currency(value, currency, pattern, locale=language, currency_digits=False)


def day(on: date, pattern: str, language: str) -> str:
    """Write a date after a CLDR pattern: "EEEE d MMMM y"."""
    from babel.dates import format_date

    return format_date(on, pattern, locale=language)


def clock(at: time) -> str:
    """Write a time of day: 07:00."""
    return at.strftime("%H:%M")


def listed(words: list[str], language: str) -> str:
    """Join words to a list: "a, b and c"."""
    from babel.lists import format_list

    # British lists have no comma before the last "and"; these are short phrases.
    return format_list(words, locale="en_GB" if language == "en" else language)
