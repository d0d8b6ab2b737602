"""What somebody may do with what is kept about them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.journey import machine
from bot.journey.asks import Ask
from bot.journey.content import Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Effect, Erase, Hand, Hold, Say
from bot.journey.events import Command, Event, Pressed, Said
from bot.journey.house import (
    Administered,
    AskAgain,
    AskCounts,
    AskDisclosure,
    AskExport,
    AskInvitation,
    AskToken,
    Disclosed,
    Disclosure,
    Document,
    Exported,
    TokenDrawn,
)
from bot.journey.rows import KNOWN
from bot.journey.stages import data
from coach.values import Danger, Safety

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TURN = "018f4a7e-0000-7000-8000-000000000001"
AT_GOAL = Conversation(stage=Stage.GOAL)
FILES = (Document("a.json", b"{}"), Document("a.ics", b""))


def said(effects: tuple[Effect, ...]) -> list[str]:
    contents = [part for effect in effects if isinstance(effect, Say) for part in effect.content]
    return [part.key for part in contents if isinstance(part, Text)]


def asked(conversation: Conversation = AT_GOAL) -> Conversation:
    """Ask to erase everything, and get the question."""
    step = machine.advance(conversation, Command(NOON, TURN, "delete"))
    assert step.effects == (AskToken(),)
    return machine.advance(step.conversation, TokenDrawn(NOON, TURN, "t0ken")).conversation


def pressed(conversation: Conversation, argument: str, after: timedelta = timedelta(0)) -> Pressed:
    return Pressed(NOON + after, TURN, "dt", argument, conversation.prompt, 9, "label", "shown")


def test_the_button_with_the_token_erases_everything():
    asking = asked()

    step = machine.advance(asking, pressed(asking, "yes.t0ken"))

    assert Erase(9) in step.effects
    assert step.conversation.stage is Stage.CONSENT


@pytest.mark.parametrize(
    ("argument", "after"),
    [
        ("yes.other", timedelta(0)),
        ("yes.", timedelta(0)),
        ("yes", timedelta(0)),
        ("no", timedelta(0)),
        ("yes.t0ken", data.TOKEN_LIFE + timedelta(seconds=1)),
    ],
)
def test_any_other_button_erases_nothing(argument: str, after: timedelta):
    asking = asked()

    step = machine.advance(asking, pressed(asking, argument, after))

    assert not [effect for effect in step.effects if isinstance(effect, Erase)]
    assert step.conversation.stage is Stage.GOAL
    assert step.conversation.erasing is None


def test_the_button_works_once():
    asking = asked()
    kept = machine.advance(asking, pressed(asking, "no")).conversation
    again = asked(kept)

    step = machine.advance(again, pressed(asking, "yes.t0ken"))

    assert said(step.effects) == []
    assert not [effect for effect in step.effects if isinstance(effect, Erase)]


@pytest.mark.parametrize("stage", [stage for stage in KNOWN if stage is not Stage.DATA])
@pytest.mark.parametrize("name", ["cancel", "back"])
def test_whoever_keeps_everything_is_where_they_were(stage: Stage, name: str):
    before = replace(AT_GOAL, stage=stage, has_goal=True)

    step = machine.advance(asked(before), Command(NOON, TURN, name))

    assert step.conversation.stage is stage
    assert said(step.effects) == ["delete.kept"]
    assert AskAgain("") in step.effects


def test_what_is_typed_instead_is_taken_where_it_belongs():
    step = machine.advance(asked(), Said(NOON, TURN, "run a 10k by April"))

    assert step.conversation.stage is Stage.GOAL
    assert said(step.effects) == ["delete.only_the_button"]
    assert isinstance(step.effects[-1], Ask)


def test_words_of_danger_are_not_answered_about_data():
    step = machine.advance(asked(), Said(NOON, TURN, "help", Safety(Danger.SELF_HARM)))

    assert "delete.only_the_button" not in said(step.effects)


def test_before_consent_another_command_or_word_leads_to_consent_only():
    newcomer = asked(Conversation())

    for event in (Command(NOON, TURN, "plan"), Said(NOON, TURN, "run a 10k")):
        step = machine.advance(newcomer, event)
        assert step.conversation.stage is Stage.CONSENT
    assert Hold("run a 10k") in step.effects


@pytest.mark.parametrize("stage", KNOWN)
def test_a_copy_is_handed_over_everywhere_once_a_minute(stage: Stage):
    here = replace(AT_GOAL, stage=stage)
    step = machine.advance(here, Command(NOON, TURN, "export"))
    assert step.effects == (AskExport(),)

    handed = machine.advance(step.conversation, Exported(NOON, TURN, FILES))
    assert [effect for effect in handed.effects if isinstance(effect, Hand)] == [
        Hand(document) for document in FILES
    ]

    def again(after: timedelta) -> list[str]:
        event = Command(NOON + after, TURN, "export")
        return said(machine.advance(handed.conversation, event).effects)

    assert again(timedelta(seconds=59)) == ["export.wait"]
    assert again(timedelta(seconds=60)) == []


def disclosed(**known: object) -> list[str]:
    step = machine.advance(AT_GOAL, Command(NOON, TURN, "privacy"))
    assert step.effects == (AskDisclosure(),)
    told = Disclosed(NOON, TURN, Disclosure(**known))  # pyright: ignore[reportArgumentType] - rows of a table
    return said(machine.advance(AT_GOAL, told).effects)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, {"privacy.no_model"}),
        ({"provider": "Somebody"}, {"privacy.model"}),
        ({"provider": "Somebody", "free_tier": True}, {"privacy.model", "privacy.free_tier"}),
        ({"tracing": "https://x"}, {"privacy.no_model", "privacy.traces"}),
        ({"tracing": "https://x", "traces_words": True}, {"privacy.traces_words"}),
        ({"contact": "ops@example.org"}, {"privacy.contact"}),
        ({"backup_days": 14}, {"privacy.backups"}),
    ],
)
def test_privacy_names_what_is_configured_and_nothing_else(
    known: dict[str, object], told: set[str]
):
    always = {"privacy.stored", "privacy.others", "privacy.rights"}
    optional = set(disclosed(**known)) - always - {"privacy.no_model"}

    assert told <= set(disclosed(**known))
    assert optional <= told


def test_an_admins_command_asks_for_the_house_and_others_do_not_have_it():
    invite: list[tuple[Event, object]] = [
        (Administered(NOON, TURN, "invite"), AskInvitation(1)),
        (Administered(NOON, TURN, "invite", "5"), AskInvitation(5)),
        (Administered(NOON, TURN, "invite", "0"), AskInvitation(1)),
        (Administered(NOON, TURN, "invite", "999"), AskInvitation(data.MOST_INVITED)),
        (Administered(NOON, TURN, "invite", "²"), AskInvitation(1)),
        (Administered(NOON, TURN, "admin"), AskCounts()),
    ]
    for event, ask in invite:
        assert machine.advance(AT_GOAL, event).effects == (ask,)

    for name in ("invite", "admin"):
        assert "command.unknown" in said(
            machine.advance(AT_GOAL, Command(NOON, TURN, name)).effects
        )
