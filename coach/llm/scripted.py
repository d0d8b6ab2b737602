"""A model that says what it was told to say: for the demo's shadow, for tests and crash runs.

It keeps the requests it got, in order. With nothing scripted it echoes the person's words.
"""

from collections.abc import Callable, Iterable, Iterator

from coach.llm.port import ModelAnswer, ModelError, ModelRequest

Reply = str | ModelError


class ScriptedModel:
    """Answers from a list (then fails), from a function, or with an echo."""

    def __init__(
        self, replies: Iterable[Reply] | Callable[[ModelRequest], Reply] | None = None
    ) -> None:
        self.requests: list[ModelRequest] = []
        self._say = _chooser(replies)

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        """Answer one request, or raise the error that was scripted."""
        self.requests.append(request)
        reply = self._say(request)
        if isinstance(reply, ModelError):
            raise reply
        return ModelAnswer(reply, model="scripted", output_tokens=len(reply.split()))


def echo(request: ModelRequest) -> str:
    """Repeat the person's words, so that a run can count them from outside."""
    return f"You said: {request.user_text}"


def _chooser(
    replies: Iterable[Reply] | Callable[[ModelRequest], Reply] | None,
) -> Callable[[ModelRequest], Reply]:
    if replies is None:
        return echo
    if callable(replies):
        return replies
    left: Iterator[Reply] = iter(replies)
    return lambda _: next(left, ModelError("nothing left to say"))
