"""A model over HTTP that repeats what was said, and does to each call what a test chooses."""

import json
from collections.abc import Sequence
from typing import Any

from benchmarks.rig import NO_DANGER
from coach.llm.errors import FAULTS, BrokenAnswerError, EmptyAnswerError, TooLateError
from tests.models import contract
from tests.models.server import BODIES, Heard

NOBODY, HUGE = "nobody listens", "a huge answer"
FAILURES = tuple(sorted({**contract.CONTRACT, **BODIES, HUGE: ""}.keys() - {"answers", NOBODY}))
"""What a model that listens may do instead of answering."""

_NAMED = {
    **{kind: {outcome.partition(",")[0]} for kind, outcome in contract.CONTRACT.items()},
    **{kind: {TooLateError.kind} for kind in contract.ENDLESS},
    **{kind: {BrokenAnswerError.kind} for kind in BODIES},
    "another JSON": {BrokenAnswerError.kind, EmptyAnswerError.kind},  # streamed, and whole
}

TRIAGE, REPLY = QUESTIONS = ("is there danger?", "what is the answer?")
"""What a model is asked about whatever somebody says at home."""


def causes(kind: str) -> set[str]:
    """Name what the log says of a kind; nothing where an answer came, or words were refused."""
    return _NAMED.get(kind, set()) & FAULTS


def asked(heard: Heard) -> dict[str, Any]:
    """Read the data of a request, in either dialect."""
    if "messages" in heard.body:
        return json.loads(heard.body["messages"][-1]["content"])
    return json.loads(heard.body["contents"][0]["parts"][0]["text"])


def huge(heard: Heard) -> Sequence[str]:
    """Say far more than anybody asked for."""
    return (NO_DANGER,) if is_triage(heard) else ("And so on. ",) * 20_000


def question(heard: Heard) -> str:
    """Tell what is asked about somebody's words: whether there is danger, a reply, or neither."""
    if heard.body.get("stream") or ":streamGenerateContent" in heard.path:
        return REPLY
    return TRIAGE if "figure_of_speech" in json.dumps(heard.body) else "another question"


def is_triage(heard: Heard) -> bool:
    """Tell the question about danger from all others."""
    return question(heard) == TRIAGE


def echo(heard: Heard) -> Sequence[str]:
    """Find no danger, and repeat what was said."""
    if is_triage(heard):
        return (NO_DANGER,)
    return ("You said: ", str(asked(heard).get("user_text", "")))
