"""The port every language model stands behind."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One request: fixed instructions, facts, and the person's words as data."""

    prompt: str  # name of the prompt, e.g. "coaching_reply"
    instructions: str
    user_text: str
    max_output_tokens: int = 240


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model said, and what it cost in tokens."""

    text: str
    model: str
    prompt_tokens: int = 0
    output_tokens: int = 0


class ModelError(Exception):
    """The model gave no usable answer (the provider's fault); the rules answer instead."""


class Model(Protocol):
    """A language model. Raises `ModelError` and nothing else of its own."""

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request, or raise ModelError."""
        ...
