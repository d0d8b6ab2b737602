"""What every structured step shares: its request, its shape, its checks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.llm import json_repair, prompts
from coach.llm.caller import Caller
from coach.llm.errors import BrokenAnswerError
from coach.llm.port import ModelAnswer, ModelRequest
from coach.llm.prompts import Prompt
from coach.llm.service import ModelService
from coach.masking import masked_in

A = TypeVar("A", bound="Shape")

_Json = dict[str, Any]
_SPOKEN = frozenset({"title", "description"})
_NAMED = frozenset({"properties", "$defs"})


class Shape(BaseModel):
    """The shape of a step's answer; anything else in it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text is to sound: the language's code, and a style of `coach.values`."""

    language: str = "en"
    style: str = "balanced"


@dataclass(frozen=True, slots=True)
class Step(Generic[A]):
    """A step with the prompt of its name; *answer* is the shape of what comes back."""

    name: str
    answer: type[A]
    most_tokens: int
    temperature: float = 0.3
    judges: bool = False  # goes to the judge's model

    @property
    def version(self) -> str:
        """Return the version of its prompt."""
        return prompts.load(self.name).version

    def request(
        self, data: dict[str, Any], voice: Voice, prompt: Prompt | None = None, model: str = ""
    ) -> ModelRequest:
        """Make a request of *data*, masked; a person's own text stands in `user_text` fields.

        *prompt* stands in for the one of the step's name.
        """
        prompt = prompt or prompts.load(self.name)
        return ModelRequest(
            self.name,
            prompt.filled(language=voice.language, style=voice.style),
            masked_in(data),
            _bare(self.answer.model_json_schema()),
            self.most_tokens,
            self.temperature,
            prompt.version,
            model,
            prompt.variant,
        )

    async def ask(
        self,
        service: ModelService,
        request: ModelRequest,
        caller: Caller,
        within: timedelta | None = None,
    ) -> A:
        """Ask once; raise ModelError for what is late, broken or of another shape."""
        return self.read(await service.generate_content(request, caller, within))

    def read(self, answer: ModelAnswer) -> A:
        """Read an answer; raise BrokenAnswerError for one of another shape."""
        try:
            return self.answer.model_validate(json_repair.parse(answer.text))
        except ValidationError:
            raise BrokenAnswerError(self.name) from None


def _bare(shape: Any) -> Any:
    """Leave out titles and descriptions, which only cost tokens; a property may be called so."""
    if isinstance(shape, list):
        return [_bare(part) for part in cast("list[Any]", shape)]
    if not isinstance(shape, dict):
        return shape
    kept = {name: part for name, part in cast("_Json", shape).items() if name not in _SPOKEN}
    return {
        name: {key: _bare(each) for key, each in part.items()} if name in _NAMED else _bare(part)
        for name, part in kept.items()
    }
