"""Text that tries to give the program orders: it is cut out, the goal in it stays."""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import domains, lexicon, normalise

_TAG = re.compile(r"</?[a-zA-Z][\w-]{0,30}(?: [^<>]{0,60})?/?>")
_BLOCK = re.compile(r"\{[^{}]{0,400}\}")
_SENTENCE_END = re.compile(r"(?<=[.!?\n])\s*|\s+(?=(?:SYSTEM|ASSISTANT|ADMIN|DEVELOPER)\b)|\n")
_ENOUGH_WORDS = 2


@dataclass(frozen=True, slots=True)
class Sifted:
    """A text without orders, whether any were found, and the language it is read in."""

    text: str
    found: bool
    language: str = "en"

    @property
    def holds_a_goal(self) -> bool:
        """Tell whether something to work on is left."""
        words = re.findall(r"[^\W\d_]{2,}", self.text)
        return len(words) >= _ENOUGH_WORDS and bool(domains.scores(self.text, self.language))


def sift(text: str, language: str = "en") -> Sifted:
    """Cut the orders out of *text*; without any it comes back as it was."""
    pattern = _orders(language)
    cleaned = normalise.clean(text)
    if not pattern.search(cleaned) and not lexicon.wording(
        "injection", "goal_tag", language
    ).search(cleaned):
        return Sifted(text, found=False, language=language)
    bare = _BLOCK.sub(" ", _TAG.sub(" ", cleaned))
    kept = [_kept(sentence, language) for sentence in _SENTENCE_END.split(bare) if sentence]
    return Sifted(" ".join(" ".join(kept).split()), found=True, language=language)


@cache
def _orders(language: str) -> re.Pattern[str]:
    """Compile the orders of *language* and of English, which programs are given everywhere."""
    sources = (lexicon.table(f"{one}/injection")["patterns"] for one in {language: 0, "en": 0})
    return lexicon.either(order for rows in sources for order in rows)


def _kept(sentence: str, language: str) -> str:
    """Return a harmless sentence whole, and of an order only the goal it holds."""
    if not _orders(language).search(sentence):
        return sentence
    goal = lexicon.pattern(f"{language}/injection", "keep_after").search(sentence)
    rest = sentence[goal.end() :] if goal else _before(sentence, language)
    return rest if not _orders(language).search(rest) else ""


def _before(sentence: str, language: str) -> str:
    """Keep what stands before an order in the same sentence, up to its last comma or "and"."""
    order = _orders(language).search(sentence)
    head = sentence[: order.start()] if order else ""
    breaks = lexicon.table(f"{language}/injection")["breaks"]
    cut = max(head.rfind(one) for one in breaks)
    return head[:cut] if cut > 0 else ""
