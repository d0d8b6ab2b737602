"""A model that a test feeds by hand: it says each piece when the test lets it, and not before."""

import asyncio
import json
from collections.abc import AsyncGenerator

from coach.llm.errors import ModelError
from coach.llm.port import Chunk, Finish, ModelAnswer, ModelRequest, TokenCount, Usage

TRIAGE = "safety_triage"
END = Chunk("", Usage(prompt=100, output=10), Finish.STOP)


def verdict(safety: str = "none", confidence: int = 95, meaning: str = "literal") -> str:
    """Write what a model says of danger."""
    return json.dumps({"safety": safety, "confidence": confidence, "meaning": meaning})


class HandFed:
    """Streams what it is fed; finds no danger unless told; cannot do anything else."""

    name = model = "hand-fed"

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forget what it was asked and fed."""
        self.requests: list[ModelRequest] = []
        self.verdicts: list[str | ModelError] = []
        self.may_judge = asyncio.Event()
        self.may_judge.set()
        self.hungry = asyncio.Event()  # set once it has said all it was fed
        self.ended = 0  # streams that are over, closed or cancelled
        self._pieces: asyncio.Queue[Chunk | ModelError] = asyncio.Queue()

    def feed(self, *pieces: str, end: bool = False) -> None:
        """Let it say some pieces more, and perhaps come to an end."""
        for piece in pieces:
            self._pieces.put_nowait(Chunk(piece))
        if end:
            self._pieces.put_nowait(END)

    def choke(self, error: ModelError) -> None:
        """Let it fail after what it was fed."""
        self._pieces.put_nowait(error)

    def asked(self, step: str) -> list[ModelRequest]:
        """List the requests of a step."""
        return [request for request in self.requests if request.step == step]

    async def generate(self, request: ModelRequest) -> ModelAnswer:
        self.requests.append(request)
        if request.step != TRIAGE:
            raise ModelError(request.step)
        await self.may_judge.wait()
        said = self.verdicts.pop(0) if self.verdicts else verdict()
        if isinstance(said, ModelError):
            raise said
        return ModelAnswer(said, self.model, Usage(prompt=100, output=10))

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk]:
        self.requests.append(request)
        try:
            while True:
                if self._pieces.empty():
                    self.hungry.set()
                piece = await self._pieces.get()
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
                if piece is END:
                    return
        finally:
            self.ended += 1

    async def count_tokens(self, request: ModelRequest) -> TokenCount:
        return TokenCount(len(request.instructions), estimated=True)

    async def close(self) -> None:
        """Have nothing to give back."""
