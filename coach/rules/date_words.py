"""The words dates are made of, in all languages we read, and the patterns built from them."""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import lexicon

_SPANS = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Words:
    """Names of months, weekdays and holidays by what they mean; the rest by its role."""

    months: dict[str, int]
    weekdays: dict[str, int]
    holidays: dict[str, str]
    roles: dict[str, tuple[str, ...]]

    def is_one_of(self, role: str, text: str) -> bool:
        """Tell whether *text* is one of the words of *role*."""
        return text.strip().lower() in self.roles[role]

    def span(self, typed: str) -> str:
        """Return which of day, week, month, year was typed."""
        return next(unit for unit in _SPANS if self.is_one_of(unit, typed))

    def number(self, typed: str) -> float | None:
        """Read digits or a number word."""
        typed = typed.lower()
        if typed[0].isdigit():
            return float(typed.replace(",", "."))
        if typed in ("a couple of", "couple of"):
            return 2
        return lexicon.table("en/numbers")["words"].get(typed)


@cache
def words() -> Words:
    """Read the words of all languages, once."""
    english, world = lexicon.table("en/calendar"), lexicon.table("world")
    roles = {role: (*own, *world["words"].get(role, ())) for role, own in english["words"].items()}
    return Words(
        months=_meanings(english["months"], world["months"]),
        weekdays=_meanings(english["weekdays"], world["weekdays"]),
        holidays={
            word: name
            for names in (english["holidays"], world["holidays"])
            for name, spelled in names.items()
            for word in spelled
        },
        roles=roles,
    )


def is_within(text: str) -> bool:
    """Tell whether a typed date says "in March" rather than "by March"."""
    found = words()
    role = lexicon.verbatim(found.roles["within"])
    return re.match(rf"(?:{role}|im|в)(?!\w)", text, re.IGNORECASE) is not None


def _meanings(*tables: dict[str, list[str]]) -> dict[str, int]:
    return {word: int(key) for names in tables for key, own in names.items() for word in own}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of one form of date."""
    return re.compile(_sources()[name], re.IGNORECASE)


@cache
def _sources() -> dict[str, str]:
    found = words()
    until, within = (lexicon.verbatim(found.roles[role]) for role in ("until", "within"))
    ends = lexicon.verbatim(found.roles["end"])
    parts = lexicon.verbatim(
        word for role in ("end", "start", "middle", "late") for word in found.roles[role]
    )
    months = lexicon.verbatim(found.months)
    plain = lexicon.verbatim(word for word in found.months if word not in ("mar", "may", "mars", "sep", "jan", "dec", "mai"))  # fmt: skip
    weekdays = lexicon.verbatim(word for word in found.weekdays if not word.endswith("days"))
    spans = lexicon.verbatim(word for unit in _SPANS for word in found.roles[unit])
    numbers = lexicon.verbatim((*lexicon.table("en/numbers")["words"], "couple of"))
    lead = rf"(?<!\w)(?:(?:{until}|{within}|on|from|im|le|el|on the|am|ab|в)\s)?"
    year = r"(?:,?\s(?:de\s|of\s)?(?P<y>20\d\d|'\d\d)(?!\d))?"
    past = r"(?<!last )(?<!since )(?<!back in )(?<!until last )(?<!every )(?<!each )"
    return {
        "iso": rf"{lead}(?P<y>20\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)(?!\d)",
        "slashed": rf"(?:(?<!\w)(?:{until}|on|is|from|the|for|deadline:?|date:?|due:?)\s(?:the\s)?(?=\d\d?[/.]\d\d?(?!\d|[/.%]?\d|\s?[€$£%]))|(?<![\w/.,])(?=\d\d?[/.]\d\d?[/.]\d))(?P<one>\d\d?)(?P<mark>[/.])(?P<two>\d\d?)(?:(?P=mark)(?P<y>20\d\d|\d\d))?\.?(?![\d/])",  # fmt: skip
        "named_day": rf"{lead}(?:the\s)?(?:(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s|day of\s)?(?P<month>{months})|(?P<month2>{months})\.?\s(?:the\s)?(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%]|\s?(?:km|min|kg|am|pm|pages)))(?!\w){year}",  # fmt: skip
        "year_span": rf"{lead}(?:the\s)?(?:end of\s)?(?:q(?P<q>[1-4])|(?P<half>first|second) half of(?:\sthe)?(?=\s20\d\d|\syear))(?!\w)(?:\s(?P<y>20\d\d)|\syear)?",  # fmt: skip
        "month": rf"{past}(?<!\w)(?:(?:(?:{until}|{within}|im|в|next|this|of)\s(?:the\s|next\s|this\s)?(?P<part>{parts})?(?:\s|-|)(?:de\s)?|(?P<part2>{parts})(?:\s|-))(?<!\w)(?P<month>{months})|(?P<month2>{plain}))(?!\w){year}",  # fmt: skip
        "relative": rf"(?<!\w)(?:(?:{within})\s|(?=[^.!?]{{1,16}}\sfrom\snow))(?:the\s)?(?:next\s|about\s|just\s|only\s|less than\s|under\s|ein\s)?(?P<n>\d{{1,4}}(?:[.,]\d)?|{numbers})\s?(?:more\s)?(?P<unit>{spans})(?!\w)(?:'?\stime(?!s)|\sfrom\snow)?(?!\s(?:ago|sober already|per|a week|now|i have))",  # fmt: skip
        "weekday": rf"(?<!\w)(?:{until}|next|this|this coming|the coming|coming|due)\s(?:next\s|this\s|coming\s)?(?P<weekday>{weekdays})(?!\w)",  # fmt: skip
        "on_weekday": rf"(?<!\w)on\s(?P<weekday>{weekdays})(?!\w)",
        "named_span": rf"(?<!\w)(?:(?:{until}|in|at|within|during)\s)?(?:the\s)?(?P<which>(?:{ends})(?:\sof)?\s(?:the|this)|(?:{ends})|(?:the\s)?(?:{ends})\s(?:of\s)?next|this|next|coming|later this)\s(?P<unit>weekend|week|month|year)(?!\w|'s)",  # fmt: skip
        "holiday": rf"{lead}(?:{past})(?:the\s|next\s)?(?P<holiday>{lexicon.verbatim(found.holidays)})(?!\w|\s(?:present|gift|shopping|card|resolution|party|dinner|market|tree|lights|money|holiday|decoration)){year}",  # fmt: skip
        "monthly": rf"(?<!\w)(?:{until}|on)\s(?:the\s)?(?P<d>[0-3]?\d)(?:st|nd|rd|th)(?!\w|\s(?:birthday|of|floor|grade|week|month|day|try|time))",
        "tomorrow": r"(?<!\w)(?:by\s|before\s|until\s|from\s)?(?P<day>tomorrow|today|tonight)(?!\w)",
        "year": rf"(?<!\w)(?:{until}|in|during|within)\s(?:the\s)?(?P<part>(?:{ends})\s(?:of\s)?)?(?P<y>20[2-9]\d)(?!\d)",
    }
