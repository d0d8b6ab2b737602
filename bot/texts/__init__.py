"""Every text the bot says, by key, and the one place where messages are rendered."""

from pathlib import Path

from coach.catalogue import FALLBACK_LANGUAGE, Catalogue, catalogue, languages

_FOLDER = Path(__file__).parent

LANGUAGES = languages(_FOLDER)
"""The languages there are texts in."""


def texts(language: str) -> Catalogue:
    """Return the bot's catalogue of *language*; keys it lacks are read in English."""
    return catalogue(_FOLDER, language)


def nearest(language_code: str | None) -> str:
    """Name the language to speak with somebody whose Telegram is set to *language_code*."""
    base = (language_code or "").partition("-")[0].lower()
    return base if base in LANGUAGES else FALLBACK_LANGUAGE
