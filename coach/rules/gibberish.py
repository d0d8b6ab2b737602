"""Tell noise from words: keyboard runs, stretched letters, nothing to read at all."""

import re

from coach.rules import domains, languages, lexicon

_LINK = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]+$")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_NO_VOWEL = re.compile(r"[^aeiouyàâäáãåéèêëíìîïóòôöõúùûüýœæø]{3,}$", re.IGNORECASE)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}", re.IGNORECASE)
_REPEATS = re.compile(r"^(?:(\w{2,3})\1{2,}|(\w{3})\2)\w?$", re.IGNORECASE)
_HALF = 0.5
_ENOUGH = 400


def is_gibberish(text: str, language: str = "en") -> bool:
    """Tell whether nothing in *text* can be read as words."""
    text = _LINK.sub(" ", text)[:_ENOUGH]  # noise shows at once
    words = _WORD.findall(text)
    if sum(len(word) for word in words) < 2:
        return True
    if not all(_LATIN.match(word.replace("'", "").replace("-", "")) for word in words):
        return False
    if _has_known_word(text, words, language):
        return False
    return sum(_is_noise(word) for word in words) >= _HALF * len(words)


def _has_known_word(text: str, words: list[str], language: str) -> bool:
    small = languages.small_words().values()
    known = any(word.lower() in one for word in words if len(word) > 1 for one in small)
    return (
        known
        or bool(domains.scores(text, language))
        or domains.activity(text, language=language) != "other"
        or not languages.is_in(text, language)
    )


def _is_noise(word: str) -> bool:
    tests = (
        lexicon.wording("gibberish", "keyboard", "en").search,
        _STRETCHED.search,
        _NO_VOWEL.match,
        _CONSONANTS.search,
        _REPEATS.match,
    )
    return any(test(word) for test in tests)
