"""Opik's prompt library: each prompt under its name, a new version only when it has changed.

Registered beside everything else and tried again until Opik has them; nothing waits for it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.backoff import Backoff
from bot.clock import Clock
from bot.opik.wire import OutageError, RefusedError, Wire
from coach.experiments import CONTROL, Experiment
from coach.llm import prompts

if TYPE_CHECKING:
    from opik.rest_api.client import OpikApi
    from opik.rest_api.types.prompt_version_detail import PromptVersionDetail

log = logging.getLogger(__name__)

BACKOFF = Backoff(timedelta(seconds=1), timedelta(minutes=5))
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Listed:
    """A prompt as the library lists it; *version* is ours, as spans name it."""

    name: str
    text: str
    version: str
    variant: str = ""


def ours(experiments: Iterable[Experiment] = ()) -> list[Listed]:
    """List the prompts of every day, and those on trial beside them."""
    ours = [
        Listed(prompt.name, prompt.text, prompt.version)
        for prompt in map(prompts.load, prompts.names())
    ]
    on_trial = (
        variant.prompt
        for experiment in experiments
        for variant in experiment.variants
        if variant.name != CONTROL
    )
    return ours + [
        Listed(f"{one.name} ({one.variant})", one.text, one.version, one.variant)
        for one in on_trial
    ]


async def register(wire: Wire, clock: Clock, listed: Iterable[Listed]) -> None:
    """Bring prompts into the library, however long Opik is away; one it refuses is left out.

    Variants of one prompt need names of their own: the library compares with the latest
    version under a name.
    """
    for prompt in listed:
        failures = 0
        while not await _registered(wire, prompt):
            await clock.wait(BACKOFF.after(failures))
            failures += 1


async def _registered(wire: Wire, prompt: Listed) -> bool:
    """Try once; tell whether that was the end of it."""
    try:
        await wire.call(lambda api: _bring(api, wire.project, prompt))
    except OutageError:
        return False
    except RefusedError as refusal:
        log.warning("Opik refused a prompt", extra={"prompt": prompt.name, "reason": str(refusal)})
    return True


def _bring(api: "OpikApi", project: str, prompt: Listed) -> None:
    from opik.rest_api.types.prompt_version_detail import PromptVersionDetail

    metadata = {"version": prompt.version}
    if prompt.variant:
        metadata["variant"] = prompt.variant
    latest = _latest(api, project, prompt.name)
    if latest is None or (latest.template, latest.metadata) != (prompt.text, metadata):
        version = PromptVersionDetail(template=prompt.text, metadata=metadata, type="mustache")
        api.prompts.create_prompt_version(name=prompt.name, version=version, project_name=project)


def _latest(api: "OpikApi", project: str, name: str) -> "PromptVersionDetail | None":
    from opik.rest_api.core.api_error import ApiError

    try:
        return api.prompts.retrieve_prompt_version(name=name, project_name=project)
    except ApiError as error:
        if error.status_code == NOT_FOUND:
            return None
        raise
