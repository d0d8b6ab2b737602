"""What a call costs, in millionths of a dollar, by the price list in `prices.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.llm.port import ModelRequest, Usage
from coach.llm.tokens import ROOM_TO_THINK, estimated

_FILE = Path(__file__).parent / "prices.toml"
_GOOGLE = "gemini"


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens, which is millionths of a dollar for one."""

    input: float
    output: float
    cached: float

    def of(self, usage: Usage) -> int:
        """Return what *usage* costs, rounded up."""
        fresh = usage.prompt - usage.cached
        said = usage.output + usage.thinking
        return _up(fresh * self.input + usage.cached * self.cached + said * self.output)


FREE = Price(0, 0, 0)


def price(provider: str, model: str) -> Price:
    """Find a model's price by the beginning of its name.

    An unknown model of Google's costs as much as the dearest we know; any other is taken to
    run on a server of the operator's own, at no price.
    """
    known, name = _known(), model.removeprefix("models/")
    named = max((each for each in known if name.startswith(each)), key=len, default=None)
    if named is not None:
        return known[named]
    if provider.startswith(_GOOGLE):
        return max(known.values(), key=lambda each: each.output)
    return FREE


def most(request: ModelRequest) -> Usage:
    """Return the most that one attempt at *request* may take, estimated; it may think first."""
    said = request.max_output_tokens + ROOM_TO_THINK
    return Usage(estimated(request), said, estimated=True)


def _up(micro_usd: float) -> int:
    return -int(-micro_usd // 1)


@cache
def _known() -> dict[str, Price]:
    models: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["models"]
    return {name: Price(**of) for name, of in models.items()}
