"""A model over HTTP that repeats what was said, and does to each call what a test chooses."""

import json
from collections.abc import Sequence
from typing import Any

from benchmarks.rig import NO_DANGER
from tests.models import contract
from tests.models.server import BODIES, Heard

NOBODY, HUGE = "nobody listens", "a huge answer"
FAILURES = tuple(sorted({**contract.CONTRACT, **BODIES, HUGE: ""}.keys() - {"answers", NOBODY}))
"""What a model that listens may do instead of answering."""


def asked(heard: Heard) -> dict[str, Any]:
    """Read the data of a request, in either dialect."""
    if "messages" in heard.body:
        return json.loads(heard.body["messages"][-1]["content"])
    return json.loads(heard.body["contents"][0]["parts"][0]["text"])


def huge(heard: Heard) -> Sequence[str]:
    """Say far more than anybody asked for."""
    return (NO_DANGER,) if is_triage(heard) else ("And so on. ",) * 20_000


def is_triage(heard: Heard) -> bool:
    """Tell the question about danger from a reply: only it wants an answer of some shape."""
    config = heard.body.get("generationConfig", heard.body)
    return "responseJsonSchema" in config or "response_format" in config


def question(heard: Heard) -> str:
    """Tell questions about the same words apart, by the shape that an answer is to have."""
    config = heard.body.get("generationConfig", heard.body)
    return json.dumps(config.get("responseJsonSchema") or config.get("response_format"))


def echo(heard: Heard) -> Sequence[str]:
    """Find no danger, and repeat what was said."""
    if is_triage(heard):
        return (NO_DANGER,)
    return ("You said: ", str(asked(heard)["user_text"]))
