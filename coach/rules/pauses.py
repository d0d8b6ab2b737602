"""Read until when somebody wants a pause: "3 days", "till Wednesday", "5 December"."""

from datetime import date

from coach.rules import date_words, dates, normalise


def end(text: str, today: date, language: str = "en") -> date | None:
    """Return the first day after a pause; None where the text names none that is to come."""
    words, roles = normalise.one_line(text), date_words.words(language).roles
    for lead in ("", f"{roles['until'][0]} ", f"{roles['inside'][0]} "):
        days = (dates.due(one.found) for one in dates.find(lead + words, today, language))
        if coming := next((day for day in days if day > today), None):
            return coming
    return None
