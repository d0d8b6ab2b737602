"""The conversations in tests/conversations, each played through the sandbox as written.

A file says who it is, their language, and steps: `say`, `press` (a button's label), `send`
(sticker, voice …), `edit` (the last thing said), `forward`, `later` (hours on the clock) or
`restart`. After each step `hear` must be among what the bot says, `never` must not be, and
`buttons` must be there; `silent: true` says that no answer is due (an edit, say).
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from bot.sandbox import acts
from tests.bot import house
from tests.bot.house import Guest, House

FOLDER = Path(__file__).parents[1] / "conversations"
Step = dict[str, Any]


WRITTEN = {
    file.stem: cast(dict[str, Any], yaml.safe_load(file.read_text(encoding="utf-8")))
    for file in sorted(FOLDER.glob("*.yaml"))
}


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_conversation_goes_as_written(name: str, tmp_path: Path):
    written = WRITTEN[name]
    async with house.sandbox_only(tmp_path) as rein, AsyncExitStack() as running:
        await running.enter_async_context(rein.open())
        guest = Guest(rein.sandbox, rein.sandbox.add_person("Ada", written.get("language", "en")))
        for step in cast(list[Step], written["steps"]):
            if "restart" in step:
                await running.aclose()
                await running.enter_async_context(rein.open())
                continue
            before = len(guest.messages())
            await _act(rein, guest, step)
            await _heard(guest, step, before)


async def _act(rein: House, guest: Guest, step: Step) -> None:
    acting: dict[str, Callable[[str], Awaitable[object]]] = {
        "say": _plainly(lambda text: acts.say(rein.sandbox, chat(rein, guest), guest.person, text)),
        "send": _plainly(lambda kind: acts.send(rein.sandbox, guest.person, kind, "")),
        "forward": _plainly(lambda text: acts.forward(rein.sandbox, guest.person, text)),
        "edit": _plainly(
            lambda text: acts.edit(rein.sandbox, guest.person, last_said(guest), text)
        ),
        "later": _plainly(lambda hours: rein.sandbox.clock.advance(timedelta(hours=float(hours)))),
        "press": guest.tap,
    }
    for name, act in acting.items():
        if name in step:
            await act(str(step[name]))


def _plainly(act: Callable[[str], object]) -> Callable[[str], Awaitable[object]]:
    async def done(argument: str) -> object:
        return act(argument)

    return done


async def _heard(guest: Guest, step: Step, before: int) -> None:
    """Wait for an answer, and for what must be heard in it; then look for what must not."""
    if not step.get("silent"):
        await guest.until(lambda: any(m["from"]["is_bot"] for m in guest.messages()[before:]))
    for wanted in _listed(step, "hear"):
        try:
            await guest.until(lambda wanted=wanted: wanted in _since(guest, before))
        except TimeoutError:
            raise AssertionError(
                f"after {step}: no {wanted!r} in:\n{_since(guest, before)}"
            ) from None
    for unwanted in _listed(step, "never"):
        assert unwanted not in _since(guest, before), f"after {step}"
    for label in _listed(step, "buttons"):
        assert label in guest.labels(), f"after {step}: {guest.labels()}"


def _since(guest: Guest, before: int) -> str:
    """What the bot said since, and what its changed messages say now."""
    said = [m for m in guest.messages()[before:] if m["from"]["is_bot"]]
    return "\n".join(str(m.get("text") or m.get("caption") or "") for m in said or guest.heard())


def _listed(step: Step, name: str) -> list[str]:
    found = step.get(name, [])
    return [str(one) for one in cast(list[Any], found if isinstance(found, list) else [found])]


def chat(rein: House, guest: Guest) -> Any:
    return rein.sandbox.chats[guest.person.id]


def last_said(guest: Guest) -> int:
    return next(m["message_id"] for m in reversed(guest.messages()) if not m["from"]["is_bot"])
