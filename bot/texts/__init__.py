"""Every text the bot says, by key, and the one place where messages are rendered."""

from pathlib import Path

from coach.catalogue import Catalogue, catalogue, languages

_FOLDER = Path(__file__).parent

LANGUAGES = languages(_FOLDER)
"""The languages there are texts in."""


def texts(language: str) -> Catalogue:
    """Return the bot's catalogue of *language*; keys it lacks are read in English."""
    return catalogue(_FOLDER, language)
