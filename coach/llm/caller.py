"""For whom a call is made, and the entry it leaves behind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from coach.llm import prompts
from coach.llm.port import Usage
from coach.llm.prompts import Prompt


@dataclass(frozen=True, slots=True)
class CallMade:
    """One call of a model as it went, all its attempts together; what the ledger keeps."""

    step: str
    provider: str
    model: str
    prompt_version: str
    usage: Usage
    micro_usd: int  # millionths of a dollar, from real usage and our price list
    latency: timedelta
    first_token: timedelta | None = None  # of a stream
    chunks: int = 0
    attempts: int = 1
    finish: str = ""
    error: str | None = None  # a `ModelError.kind`, or "cancelled"
    variant: str = ""  # "experiment/variant" of a prompt on trial


def _forget(_: CallMade) -> None:
    """Keep no entry."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody calls are made for: at most one at a time, within their month's budget.

    *key* is opaque; an empty one is nobody's, for evaluation and the Python prompt. *on_trial*
    holds the prompts that somebody has in experiments, by the steps they are for.
    """

    key: str = ""
    record: Callable[[CallMade], None] = _forget
    on_trial: Mapping[str, Prompt] = field(default_factory=dict[str, Prompt], hash=False)

    def prompt(self, step: str) -> Prompt:
        """Return the prompt that a step has for them."""
        return self.on_trial.get(step) or prompts.load(step)


NOBODY = Caller()
