"""The file of experiments: read and checked once, at the start.

Whatever is wrong with it, or with a prompt that it names, becomes one `SettingsError`.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.setting_sources import SettingsError
from coach.experiments import CONTROL, STEPS, Experiment, Guardrails, Variant
from coach.llm import prompts
from coach.llm.prompts import Prompt

VARIABLE = "EXPERIMENTS_FILE"
_USUAL = Guardrails()
_SLOTS = " and ".join(f"{{{slot}}}" for slot in sorted(prompts.SLOTS))


def _step(name: str) -> str:
    if name not in STEPS:
        raise ValueError(f"expected one of {', '.join(STEPS)}")
    return name


Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Variant(_Table):
    name: Name
    weight: Weight = 1
    prompt: Path


class _Guardrails(_Table):
    errors: Annotated[float, Field(ge=0, lt=1)] = _USUAL.errors
    stars: Annotated[float, Field(ge=0, lt=4)] = _USUAL.stars
    fewest: Annotated[int, Field(ge=10)] = _USUAL.fewest


class _Experiment(_Table):
    name: Name
    step: Annotated[str, AfterValidator(_step)]
    control_weight: Weight = 1
    variant: Annotated[tuple[_Variant, ...], Field(min_length=1)]
    guardrails: _Guardrails = _Guardrails()

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = [CONTROL, *(one.name for one in self.variant)]
        _differ(names, f'expected variants with names of their own, and none "{CONTROL}"')
        return self


class _File(_Table):
    experiment: Annotated[tuple[_Experiment, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        _differ([one.name for one in self.experiment], "expected names of their own")
        _differ([one.step for one in self.experiment], "expected one experiment a step")
        return self


def read(path: Path | None) -> tuple[Experiment, ...]:
    """Read the experiments of a file; none where there is no file."""
    if path is None:
        return ()
    try:
        told = _File.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(VARIABLE, f"TOML in {path.name}: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingsError(VARIABLE, f"a sound {path.name}; {_complaint(first)}") from None
    return tuple(_experiment(one, path.parent) for one in told.experiment)


def chosen(path: Path | None, name: str) -> dict[str, Prompt]:
    """Return the prompt of one variant by its step, by "experiment/variant" or a name alone."""
    known = {one.prompt.variant: one for each in read(path) for one in each.variants}
    meant = [one for full, one in known.items() if name in (full, one.name)]
    if len(meant) != 1:
        listed = ", ".join(known) or "nothing"
        raise SettingsError(VARIABLE, f"one variant called {name}; there is {listed}")
    return {meant[0].prompt.name: meant[0].prompt}


def _experiment(told: _Experiment, folder: Path) -> Experiment:
    control = prompts.control(told.step, f"{told.name}/{CONTROL}")
    others = [
        Variant(one.name, one.weight, _prompt(told, one, folder / one.prompt))
        for one in told.variant
    ]
    rails = Guardrails(**told.guardrails.model_dump())
    variants = (Variant(CONTROL, told.control_weight, control), *others)
    return Experiment(told.name, told.step, variants, rails)


def _prompt(experiment: _Experiment, variant: _Variant, path: Path) -> Prompt:
    words, name = _text(path), f"{experiment.name}/{variant.name}"
    if not words.strip():
        raise SettingsError(VARIABLE, f"words in the prompt of {name}, {variant.prompt}")
    try:
        return prompts.on_trial(experiment.step, words, name)
    except ValueError:
        expected = f"no braces but {_SLOTS} in the prompt of {name}, {variant.prompt}"
        raise SettingsError(VARIABLE, expected) from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(VARIABLE, f"a readable text file at {path}") from None


def _complaint(error: Any) -> str:
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"])
    return f"{place or 'experiment'}: {error['msg'].removeprefix('Value error, ')}"


def _differ(names: list[str], expected: str) -> None:
    if len(set(names)) < len(names):
        raise ValueError(expected)
