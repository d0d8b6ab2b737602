"""A coaching reply worded by the model, when it answers in time and keeps to the rules."""

import re

from coach.llm import prompts
from coach.llm.caller import Caller
from coach.llm.errors import ModelError
from coach.llm.port import ModelRequest
from coach.llm.service import ModelService
from coach.rules import forbidden
from coach.values import Progress, Reply

PROMPT = "coaching_reply"
_MOST_WORDS, _MOST_LETTERS = 70, 420
_MOST_USER_LETTERS = 2000
_LINK = re.compile(r"https?://|www\.|t\.me/|\b[\w-]+\.(com|org|net|io)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


async def worded(
    service: ModelService,
    text: str,
    progress: Progress,
    rule: Reply,
    caller: Caller,
) -> Reply | None:
    """Return the model's wording of a reply; None when it is late, broken or against the rules."""
    facts, language = _facts(progress), progress.language
    prompt = prompts.load(PROMPT)
    data = {"facts": facts, "draft": rule.text, "user_text": text[:_MOST_USER_LETTERS]}
    instructions = prompt.filled(language=language, style=progress.style)
    request = ModelRequest(PROMPT, instructions, data, prompt_version=prompt.version)
    try:
        answer = await service.generate_content(request, caller, service.deadlines.total)
    except ModelError:
        return None
    said = answer.text.strip()
    return (
        Reply(said, rule.intent, rule.actions)
        if keeps_rules(said, f"{facts} {rule.text} {text}", language)
        else None
    )


def keeps_rules(said: str, known: str, language: str = "en") -> bool:
    """Tell whether a text may be sent: short, kind, no link, no number nobody gave."""
    short = 0 < len(said) <= _MOST_LETTERS and len(said.split()) <= _MOST_WORDS
    plain = not _LINK.search(said) and not forbidden.found(said, language) and said.count("?") <= 1
    return short and plain and set(_NUMBER.findall(said)) <= set(_NUMBER.findall(known))


def _facts(p: Progress) -> str:
    known = {
        "goal": p.title,
        "small version": p.minimum,
        "next session": p.next_session,
        "this week": f"{p.done} of {p.planned}" if p.planned else "",
        "weeks so far": str(p.weeks) if p.weeks else "",
    }
    return "; ".join(f"{name}: {value}" for name, value in known.items() if value) or "none"
