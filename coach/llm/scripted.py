"""A model that says what it was told to say: for tests, crash runs and examples.

It keeps the requests it got, in order. With nothing scripted it echoes the person's words.
"""

import re
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator

from coach.llm.errors import ModelError
from coach.llm.port import Chunk, Finish, ModelAnswer, ModelRequest, TokenCount, Usage

Reply = str | ModelError


class ScriptedModel:
    """Answers from a list (then fails), from a function, or with an echo."""

    name = "scripted"
    model = "scripted"

    def __init__(
        self, replies: Iterable[Reply] | Callable[[ModelRequest], Reply] | None = None
    ) -> None:
        self.requests: list[ModelRequest] = []
        self._say = _chooser(replies)

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request, or raise the error that was scripted."""
        reply = self._reply(request)
        return ModelAnswer(reply, request.model or self.model, _usage(request, reply))

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        """Answer word by word."""
        reply = self._reply(request)
        for word in re.findall(r"\S+\s*", reply):
            yield Chunk(word)
        yield Chunk("", _usage(request, reply), Finish.STOP)

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        """Count words."""
        return TokenCount(_usage(request, "").prompt)

    async def close(self) -> None:
        """Have nothing to give back."""

    def _reply(self, request: ModelRequest) -> str:
        self.requests.append(request)
        reply = self._say(request)
        if isinstance(reply, ModelError):
            raise reply
        return reply


def echo(request: ModelRequest) -> str:
    """Repeat the person's words, so that a run can count them from outside."""
    return f"You said: {request.user_text}"


def _usage(request: ModelRequest, reply: str) -> Usage:
    prompt = f"{request.instructions} {request.data}"
    return Usage(prompt=len(prompt.split()), output=len(reply.split()))


def _chooser(
    replies: Iterable[Reply] | Callable[[ModelRequest], Reply] | None,
) -> Callable[[ModelRequest], Reply]:
    if replies is None:
        return echo
    if callable(replies):
        return replies
    left: Iterator[Reply] = iter(replies)
    return lambda _: next(left, ModelError("nothing left to say"))
