"""Texts that are no goals: "no idea", greetings, questions, reports, wishes for others."""

import re
from dataclasses import dataclass
from functools import cache

from coach.rules import behaviour, domains, lexicon, normalise
from coach.values import Domain

_EDGES = " \t\n.,!?¿¡;:()👋🙂😊😀🙏👍❤️"
_LONG = 120


@dataclass(frozen=True, slots=True)
class NotAGoal:
    """What a text is instead of a goal, and the catalogue key of the answer."""

    kind: str
    key: str
    fact: str = ""


def recognise(text: str, language: str = "en") -> NotAGoal | None:
    """Return what *text* is when it is no goal; None when it may be one."""
    line = normalise.one_line(text)
    bare = line.strip(_EDGES)
    if lexicon.pattern(f"{language}/answers", "unsure").fullmatch(bare):
        return NotAGoal("unsure", "reply.unsure")
    if _whole("small_talk", bare, language) or _foreign_small_talk(bare):
        return NotAGoal("small_talk", "reply.small_talk")
    if _starts("others", line, language) and not _anywhere("own", line, language):
        return NotAGoal("others", "reply.others")
    if _is_question(line, language):
        return NotAGoal("question", _answer(line, language))
    if _starts("report", line, language) and not _anywhere("report_goal", line, language):
        return NotAGoal(
            "report", "reply.report", bare if len(bare) <= _LONG else bare[:_LONG] + "…"
        )
    if _whole("feelings", bare, language):
        return NotAGoal("feelings", "reply.feelings")
    return None


def _is_question(line: str, language: str) -> bool:
    """Tell a question from a goal that is only asked politely: "Call my mum on Sundays?"."""
    asks = _starts("question", line, language)
    return asks and not _anywhere("wish", line, language) and not _asks_for_help(line, language)


def _asks_for_help(line: str, language: str) -> bool:
    rest = behaviour.lead_off(line, language)
    return rest != line and domains.best(rest, language=language) is not Domain.OTHER


def _answer(line: str, language: str) -> str:
    for key in lexicon.table(f"{language}/not_goals")["faq"]:
        if lexicon.pattern(f"{language}/not_goals", "faq", key).search(line):
            return f"reply.faq.{key}"
    return "reply.faq.unknown"


def _starts(name: str, line: str, language: str) -> bool:
    return lexicon.pattern(f"{language}/not_goals", name).match(line) is not None


def _anywhere(name: str, line: str, language: str) -> bool:
    return lexicon.pattern(f"{language}/not_goals", name).search(line) is not None


def _whole(name: str, bare: str, language: str) -> bool:
    """Tell whether the text is nothing but one or two of these."""
    return bool(bare) and _several(name, language).fullmatch(bare) is not None


@cache
def _several(name: str, language: str) -> re.Pattern[str]:
    one = "|".join(lexicon.table(f"{language}/not_goals")[name])
    return lexicon.compiled(rf"(?:{one})(?:[\s,.!?¿¡]+(?:{one})){{0,3}}")


def _foreign_small_talk(bare: str) -> bool:
    return bare.lower() in lexicon.table("world")["small_talk"]["words"]
