"""A prompt that falls clearly behind is stopped for good, and operators are told once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot import guarding
from bot.texts import LANGUAGES, texts
from coach.experiments import Guardrails, prompts_of
from coach.guardrails import Cause
from coach.values import MODEL
from storage import experiments, ledger
from storage.database import Database
from storage.errors import DatabaseUnavailableError
from storage.ledger import Call
from storage.origin import Origin
from storage.people import create
from storage.transaction import Transaction
from tests.bot.fakes import NOON, LeapingClock
from tests.bot.test_experiments import STEP, TRIAL

CALL = Call(STEP, MODEL, "coaching_reply-1", timedelta(milliseconds=5))


@dataclass
class Operators:
    """Hear what is told."""

    heard: list[tuple[str, str, object]] = field(default_factory=list[tuple[str, str, object]])

    async def tell(self, cause: str, figures: Mapping[str, object], about: str) -> None:
        self.heard.append((cause, about, figures["n"]))


async def enter(database: Database, people: int = 30, **failing: int) -> None:
    """Have so many people of each variant take a turn; a few of them go wrong."""

    def turns(transaction: Transaction) -> None:
        for place, (variant, wrong) in enumerate(failing.items()):
            for number in range(people):
                chat = 1_000 * place + number + 1
                person = create(transaction, chat, "en", NOON)
                call = replace(
                    CALL,
                    variant=f"warmth/{variant}",
                    error="against_rules" if number < wrong else None,
                )
                ledger.record(transaction, person, call, Origin(f"turn-{chat}", NOON))

    await database.write(turns)


async def looked(database: Database) -> list[tuple[str, str, object]]:
    operators = Operators()
    await guarding.look(database, (TRIAL,), LeapingClock(), operators.tell)
    return operators.heard


async def test_a_variant_that_breaks_the_rules_is_stopped_and_told_once(database: Database):
    await enter(database, control=0, garden=25)

    assert await looked(database) == [("variant_errors", "warmth/garden", 30)]
    assert await database.read(experiments.stops) == {("warmth", "garden"): NOON}
    assert await looked(database) == []


async def test_who_had_it_has_todays_prompt_from_then_on(database: Database):
    await enter(database, control=0, garden=25)
    await looked(database)

    stops = await database.read(experiments.stops)
    assert prompts_of((TRIAL,), "anybody", {"warmth": "garden"}, stops) == {}
    theirs = prompts_of((TRIAL,), "anybody", {"warmth": "control"}, stops)
    assert theirs[STEP].variant == "warmth/control"


@pytest.mark.parametrize(("control", "garden"), [(2, 4), (25, 25), (25, 0), (0, 2)])
async def test_a_variant_that_is_not_clearly_behind_goes_on(
    control: int, garden: int, database: Database
):
    await enter(database, control=control, garden=garden)

    assert await looked(database) == []
    assert await database.read(experiments.stops) == {}


async def test_too_few_people_stop_nothing(database: Database):
    await enter(database, control=0, garden=30)
    careful = replace(TRIAL, guardrails=Guardrails(fewest=31))
    operators = Operators()

    await guarding.look(database, (careful,), LeapingClock(), operators.tell)

    assert operators.heard == []


async def test_without_a_control_there_is_nothing_to_fall_behind(database: Database):
    await enter(database, garden=30)

    assert await looked(database) == []


async def test_a_database_that_is_away_ends_nothing(database: Database):
    await enter(database, control=0, garden=25)

    async def nobody(*_: object) -> None:
        raise DatabaseUnavailableError("away")

    await guarding.look(database, (TRIAL,), LeapingClock(), nobody)

    assert await database.read(experiments.stops) == {("warmth", "garden"): NOON}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("cause", list(Cause))
def test_there_is_a_text_for_every_cause(cause: Cause, language: str):
    told = texts(language)(f"alert.variant_{cause}", variant="warmth/garden", n=30, since="12:00")

    assert "warmth/garden" in told
    assert len(told.split()) <= 90
