"""Two protocols: the same answers, refusals and streams, as Gemini and as OpenAI write them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

WORDS = ("Begin ", "small, ", "begin today.")
THOUGHT = "The person wants to begin."
_ENDS = {
    "answer blocked": ("SAFETY", "content_filter"),
    "MAX_TOKENS": ("MAX_TOKENS", "length"),
    "only thoughts": ("MAX_TOKENS", "length"),
}
_GEMINI_USAGE = {
    "promptTokenCount": 30,
    "candidatesTokenCount": 7,
    "cachedContentTokenCount": 10,
    "thoughtsTokenCount": 2,
    "totalTokenCount": 39,
}
_OPENAI_USAGE = {
    "prompt_tokens": 30,
    "completion_tokens": 9,
    "prompt_tokens_details": {"cached_tokens": 10},
    "completion_tokens_details": {"reasoning_tokens": 2},
}


class Dialect:
    """What both have in common: the *words* of the answer, in its pieces."""

    def __init__(self, words: Sequence[str] = WORDS) -> None:
        self._said = words

    def words(self, does: str) -> Iterable[str]:
        """Say in which pieces the answer comes."""
        if does == "drips for ever":
            return repeat("drip ")
        return () if does in ("answer blocked", "only thoughts") else self._said


class Gemini(Dialect):
    def refusal(self, status: int, delay: float | None) -> tuple[Any, dict[str, str]]:
        error: dict[str, Any] = {"code": status, "message": "no", "status": "X"}
        if delay:
            kind = "type.googleapis.com/google.rpc.RetryInfo"
            error["details"] = [{"@type": kind, "retryDelay": f"{delay}s"}]
        return {"error": error}, {}

    def whole(self, does: str) -> dict[str, Any]:
        if does == "prompt blocked":
            return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
        if does == "empty":
            return {"candidates": [], "usageMetadata": _GEMINI_USAGE}
        return self._piece(does, "".join(self.words(does)), last=True)

    def pieces(self, does: str) -> Iterator[dict[str, Any]]:
        if does in ("prompt blocked", "empty"):
            yield self.whole(does)
            return
        for text in self.words(does):
            yield self._piece(does, text, last=False)
        yield self._piece(does, "", last=True)

    def _piece(self, does: str, text: str, *, last: bool) -> dict[str, Any]:
        parts: list[dict[str, Any]] = [{"text": text}] if text else []
        if does in ("thinks aloud", "only thoughts"):
            parts.insert(0, {"text": THOUGHT, "thought": True})
        candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
        if last:
            candidate["finishReason"] = _ENDS.get(does, ("STOP", ""))[0]
        counted = last and does != "usage missing"
        return {"candidates": [candidate], **({"usageMetadata": _GEMINI_USAGE} if counted else {})}


class OpenAI(Dialect):
    def refusal(self, status: int, delay: float | None) -> tuple[Any, dict[str, str]]:
        return {"error": {"message": "no"}}, {"Retry-After": str(delay)} if delay else {}

    def whole(self, does: str) -> dict[str, Any]:
        if does == "empty":
            return {"choices": [], "usage": _OPENAI_USAGE}
        message = {"role": "assistant", "content": "".join(self.words(does))}
        if does in ("thinks aloud", "only thoughts"):
            message["reasoning_content"] = THOUGHT
        choice = {"message": message, "finish_reason": _ENDS.get(does, ("", "stop"))[1]}
        counted = {} if does == "usage missing" else {"usage": _OPENAI_USAGE}
        return {"choices": [choice], **counted}

    def pieces(self, does: str) -> Iterator[dict[str, Any]]:
        if does in ("thinks aloud", "only thoughts"):
            yield {"choices": [{"delta": {"reasoning_content": THOUGHT}}]}
        if does != "empty":
            for text in self.words(does):
                yield {"choices": [{"delta": {"content": text}, "finish_reason": None}]}
            reason = _ENDS.get(does, ("", "stop"))[1]
            yield {"choices": [{"delta": {}, "finish_reason": reason}]}
        if does != "usage missing":
            yield {"choices": [], "usage": _OPENAI_USAGE}


def sse(pieces: Iterable[dict[str, Any]], end: bytes = b"") -> Iterator[bytes]:
    """Frame *pieces* as server-sent events."""
    for piece in pieces:
        yield b"data: " + json.dumps(piece).encode() + b"\n\n"
    yield end


def array(pieces: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Frame *pieces* as a JSON array, as Gemini does for the older library."""
    opening = b"["
    for piece in pieces:
        yield opening + json.dumps(piece).encode()
        opening = b","
    yield b"]"
