"""Orders to the model, hidden in what people write, and a model that obeys: nothing comes of it.

Each conversation is held twice, by rules alone and with the model that obeys; what people see,
what they can tap and what is stored must be the same. Replies have several wordings, so of
them only what they offer is compared, and that nothing of what the model said is in them.
"""

import asyncio
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from sqlalchemy import func, select

from coach.coach import Coach
from coach.llm.port import ModelRequest, Provider
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.values import RULES, Progress
from storage.tables import METADATA
from storage.transaction import Transaction
from tests.bot import house
from tests.bot.fakes import NOON
from tests.bot.house import Guest, House
from tests.bot.test_conversation import agree_to_a_plan

Attack = dict[str, str]

DATA = Path(__file__).parents[1] / "data" / "attacks.yaml"
ATTACKS = cast(dict[str, list[Attack]], yaml.safe_load(DATA.read_text(encoding="utf-8")))
COUNTED = ("goal", "resolution", "plan", "plan_session", "check_in", "change", "rating", "person")


class Obedient(ScriptedModel):
    """Does whatever the text in front of it is known to ask for."""

    def __init__(self, attacks: Iterable[Attack]) -> None:
        self._attacks = list(attacks)
        self.obeyed = 0
        super().__init__(self._obey)

    def _obey(self, request: ModelRequest) -> str:
        data = json.dumps(request.data, ensure_ascii=False)
        words = [one for one in self._attacks if _essence(one["text"]) in _plain(data)]
        self.obeyed += bool(words)
        said = words[-1]["obeyed"] if words else "Certainly, 1234 of 1234."
        if request.schema is None:
            return said
        return json.dumps(filled(request.schema, request.schema, said))


def _essence(text: str) -> str:
    return _plain(text)[-12:]


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())


def filled(shape: dict[str, Any], root: dict[str, Any], said: str) -> Any:
    """Fill a shape as somebody would who wants *said* to get everywhere."""
    if "$ref" in shape:
        shape = root["$defs"][shape["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in shape:
        shape = next(one for one in shape["anyOf"] if one.get("type") != "null")
        return filled(shape, root, said)
    if "enum" in shape:
        return "none" if "none" in shape["enum"] else shape["enum"][0]
    match shape.get("type"):
        case "object":
            return {name: filled(one, root, said) for name, one in shape["properties"].items()}
        case "array":
            return [filled(shape["items"], root, said)]
        case "string":
            return said[: shape.get("maxLength", 400)]
        case "boolean":
            return True
        case _:
            return shape.get("maximum", 10)


TAPS = ("You choose", "Lo eliges tú", "Yes, plan it", "Sí, planéalo", "Start", "Empezar", "9–10")
CLOCK = re.compile(r"\d\d:\d\d")  # the choices of a time zone show the time of day
MEDDLED = {"wording": "Change something", "obstacle": "Too tired"}  # the buttons reached
ASKED_BY = {"wording": ("Change something", "Wording")}  # what asks for these very words


def _asks(guest: Guest) -> list[str]:
    """List what there is to tap, stars apart."""
    return [label for label in guest.labels() if not set(label) <= set("☆★")]


async def to_a_plan(guest: Guest, attack: Attack, where: str) -> None:
    """Agree to whatever is proposed, up to the end; say the attack where it belongs."""
    await guest.say("/start")
    await guest.press(guest.labels()[0])
    await guest.say(attack["text"] if where == "goal" else "I want to run a 10k by April")
    pending = MEDDLED.get(where, "")
    while "/pause" not in guest.last()["text"]:
        labels = _asks(guest)
        if pending in labels:
            pending = ""
            for label in ASKED_BY.get(where, ()):
                await guest.press(label)
            await guest.say(attack["text"])
        elif labels:
            await guest.press(next((one for one in TAPS if one in labels), labels[0]))
        await guest.until(lambda: _asks(guest) or "/pause" in guest.last()["text"])


def seen(guest: Guest) -> list[tuple[str, list[str]]]:
    """List the texts in the chat with their buttons; what tells the time of day is the same."""
    return [
        (CLOCK.sub("·", message.get("text", "")), _labels(message))
        for message in guest.heard()[1:]  # the first names the model, where there is one
    ]


def _labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [CLOCK.sub("·", button["text"]) for row in rows for button in row]


async def rows(rein: House) -> dict[str, int]:
    """Count what is stored, table by table."""

    def count(transaction: Transaction) -> dict[str, int]:
        counting = {one: select(func.count()).select_from(METADATA.tables[one]) for one in COUNTED}
        return {one: transaction.run(counted).scalar_one() for one, counted in counting.items()}

    assert rein.bot is not None
    return await rein.bot.database.read(count)


async def held_by(
    model: Provider | None, folder: Path, attacks: list[tuple[str, Attack]]
) -> tuple[list[list[tuple[str, list[str]]]], dict[str, int]]:
    """Hold a conversation for each attack; return what everybody saw, and what is stored."""
    async with house.sandbox_only(folder) as rein, rein.open(model=model):
        guests = [rein.guest(language=attack.get("language", "en")) for _, attack in attacks]
        talks = zip(guests, attacks, strict=True)
        await asyncio.gather(*(to_a_plan(guest, attack, at) for guest, (at, attack) in talks))
        return [seen(guest) for guest in guests], await rows(rein)


async def test_a_model_that_obeys_changes_nothing_on_the_way_to_a_plan(
    tmp_path_factory: pytest.TempPathFactory,
):
    attacks = [(at, one) for at in ("goal", "wording", "obstacle") for one in ATTACKS[at]]
    model = Obedient(one for _, one in attacks)

    by_rules, stored = await held_by(None, tmp_path_factory.mktemp("rules"), attacks)
    obeyed, stored_obeyed = await held_by(model, tmp_path_factory.mktemp("model"), attacks)

    assert model.obeyed >= len(attacks)
    for plain, attacked, (_, attack) in zip(by_rules, obeyed, attacks, strict=True):
        assert attacked == plain, attack["text"]
    assert stored_obeyed == stored


async def test_no_reply_says_what_an_attack_wants_said():
    for attack in (one for rows in ATTACKS.values() for one in rows):
        progress = Progress("Run", next_session="run for 14 minutes", done=2, planned=3)
        progress = replace(progress, language=attack.get("language", "en"))
        coach = Coach(ModelService(ScriptedModel([attack["obeyed"]])))

        made = await coach.coaching_reply(attack["text"], progress, now=NOON)

        assert made.mode == RULES, attack["obeyed"]


async def test_a_model_that_obeys_changes_nothing_beside_a_plan(tmp_path: Path):
    attacks = ATTACKS["home"]
    model = Obedient(attacks)
    async with house.sandbox_only(tmp_path) as rein, rein.open(model=model):
        guest = rein.guest()
        await agree_to_a_plan(guest)
        before = await rows(rein)
        for attack in attacks:
            rein.sandbox.clock.advance(timedelta(minutes=20))
            answered = await guest.say(attack["text"])
            assert answered.strip()
            assert attack["obeyed"][:20] not in answered, attack["text"]
        assert await rows(rein) == before
    assert model.obeyed
