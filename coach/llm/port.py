"""The port every language model stands behind: what is asked, what comes back, what it took."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request: fixed instructions of ours, and facts with the person's words as data.

    *data* is sent as one JSON object; what a person wrote stands only in its `user_text`
    fields. With a *schema* (JSON Schema) the answer is to be JSON of that shape.
    """

    step: str  # "coaching_reply"; names the call in ledger and traces
    instructions: str
    data: dict[str, Any] = field(default_factory=dict[str, Any], hash=False)
    schema: dict[str, Any] | None = field(default=None, hash=False)
    max_output_tokens: int = 240
    temperature: float = 0.3
    prompt_version: str = ""
    model: str = ""  # another than the provider's usual one, as for judging
    variant: str = ""  # "experiment/variant" of a prompt on trial

    @property
    def user_text(self) -> str:
        """What the person wrote, where the request holds it."""
        return str(self.data.get("user_text", ""))

    @property
    def content(self) -> str:
        """The data as the model gets it."""
        return json.dumps(self.data, ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call as the provider counted them; *estimated* where it did not.

    *prompt* includes the *cached* ones; *output* does not include the *thinking* ones.
    """

    prompt: int = 0
    output: int = 0
    cached: int = 0
    thinking: int = 0
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """Add what another attempt took."""
        return Usage(
            self.prompt + other.prompt,
            self.output + other.output,
            self.cached + other.cached,
            self.thinking + other.thinking,
            self.estimated or other.estimated,
        )


class Finish(StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    LENGTH = "length"  # the output limit: the text is cut


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model said, and what it took."""

    text: str
    model: str
    usage: Usage = Usage()
    finish: Finish = Finish.STOP


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed answer; the last one carries *usage* and *finish*."""

    text: str
    usage: Usage | None = None
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How many tokens a request's prompt has; *estimated*: the provider could not say."""

    tokens: int
    estimated: bool = False


class Provider(Protocol):
    """A language model behind one client. Raises `coach.llm.errors.ModelError` and nothing else.

    It makes one attempt a call and knows no deadline: the service retries and cancels it.
    """

    @property
    def name(self) -> str:
        """Name the provider as in `LLM_PROVIDER`."""
        ...

    @property
    def model(self) -> str:
        """Name the model that answers unless a request names another."""
        ...

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request."""
        ...

    def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        """Answer one request piece by piece; closing the generator ends the call."""
        ...

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count the tokens of a request's prompt."""
        ...

    async def close(self) -> None:
        """Give back the client's connections."""
        ...
