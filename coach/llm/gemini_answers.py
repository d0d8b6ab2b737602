"""What Gemini says, read the same way from either of Google's libraries.

Their answers differ in type but share their attributes' names.
"""

from typing import Any

from coach.llm.errors import BlockedError, BrokenAnswerError, EmptyAnswerError
from coach.llm.port import Chunk, Finish, ModelAnswer, ModelRequest, Usage
from coach.llm.tokens import estimated_usage

_WELL = {"STOP": Finish.STOP, "MAX_TOKENS": Finish.LENGTH}
_UNSAID = "FINISH_REASON_UNSPECIFIED"
_BLOCKS = frozenset(
    {"SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR"}
)


class Pieces:
    """Collects one answer, whole or piece by piece."""

    def __init__(self, request: ModelRequest) -> None:
        self._request = request
        self._text = ""
        self._finish: Finish | None = None
        self._usage: Usage | None = None

    def take(self, response: Any) -> str:
        """Return the words of one *response*, without thoughts; raise if it was blocked."""
        reason = getattr(response.prompt_feedback, "block_reason", None)
        if reason:
            raise BlockedError(f"prompt: {reason.name}")
        self._usage = _usage(response.usage_metadata) or self._usage
        candidate = response.candidates[0] if response.candidates else None
        if candidate is None:
            return ""
        self._finish = _finish(candidate.finish_reason) or self._finish
        parts: Any = (candidate.content and candidate.content.parts) or ()
        text = "".join(part.text or "" for part in parts if not getattr(part, "thought", False))
        self._text += text
        return text

    def answer(self, model: str) -> ModelAnswer:
        """Give the whole answer; raise if there is not a word in it."""
        last = self.last(unsaid=Finish.STOP)
        return ModelAnswer(self._text, model, last.usage or Usage(), last.finish or Finish.STOP)

    def last(self, unsaid: Finish = Finish.LENGTH) -> Chunk:
        """Give a stream's last chunk; *unsaid* is the finish of one that just stopped."""
        if not self._text.strip():
            why = "the limit left no room for words" if self._finish is Finish.LENGTH else "no text"
            raise EmptyAnswerError(why)
        usage = self._usage or estimated_usage(self._request, self._text)
        return Chunk("", usage, self._finish or unsaid)


def _finish(reason: Any) -> Finish | None:
    name = getattr(reason, "name", None) or _UNSAID
    if name == _UNSAID:
        return None
    if name in _BLOCKS:
        raise BlockedError(f"answer: {name}")
    if name not in _WELL:
        raise BrokenAnswerError(name)
    return _WELL[name]


def _usage(counted: Any) -> Usage | None:
    if not counted or not counted.prompt_token_count:
        return None
    return Usage(
        prompt=counted.prompt_token_count,
        output=counted.candidates_token_count or 0,
        cached=counted.cached_content_token_count or 0,
        thinking=getattr(counted, "thoughts_token_count", 0) or 0,
    )
