"""Tell noise from words: keyboard runs, stretched letters, nothing to read at all."""

import re

from coach.rules import domains, languages, lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]+$")
_KEYBOARD = re.compile(r"asdf|sdfg|dfgh|fghj|ghjk|hjkl|lkjh|qwe|wert|ertz|erty|rtyu|tyui|uiop|zxc|xcvb|cvbn|vbnm|poiu|mnbv|fdsa|jkjk|dsfs|sdfs|adsf|fjdk|jfkd|aoeu", re.I)  # fmt: skip
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_NO_VOWEL = re.compile(r"[^aeiouyàâäáãåéèêëíìîïóòôöõúùûüýœæø]{3,}$", re.IGNORECASE)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}", re.IGNORECASE)
_REPEATS = re.compile(r"^(\w{2,3})\1{2,}\w?$", re.IGNORECASE)
_HALF = 0.5


def is_gibberish(text: str) -> bool:
    """Tell whether nothing in *text* can be read as words."""
    words = _WORD.findall(text)
    if sum(len(word) for word in words) < 2:
        return True
    if not all(_LATIN.match(word.replace("'", "").replace("-", "")) for word in words):
        return False
    if _has_known_word(text, words):
        return False
    return sum(_is_noise(word) for word in words) >= _HALF * len(words)


def _has_known_word(text: str, words: list[str]) -> bool:
    common = set(lexicon.table("en/common")["words"])
    theirs = set(lexicon.table("world")["common"]["words"])
    known = any(word.lower() in common or word.lower() in theirs for word in words if len(word) > 1)
    return known or bool(domains.scores(text)) or domains.activity(text) != "other" or not languages.is_english(text)  # fmt: skip


def _is_noise(word: str) -> bool:
    tests = (_KEYBOARD.search, _STRETCHED.search, _NO_VOWEL.match, _CONSONANTS.search, _REPEATS.match)
    return any(test(word) for test in tests)
