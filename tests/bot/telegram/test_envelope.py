import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import envelope
from bot.telegram.envelope import Envelope
from tests.bot.telegram.updates import ADA, CHAT, GROUP, command, membership, message, tap

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
keys = st.sampled_from(
    ["update_id", "message", "from", "chat", "id", "type", "text", "callback_query"]
)
shaped_json = st.recursive(
    any_json, lambda inner: st.dictionaries(keys, inner, max_size=5), max_leaves=12
)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param(
            message(7, text="hi"), Envelope(7, "message", 1001, 1001, True, "hi", "de"), id="text"
        ),
        pytest.param(
            message(7, text="hi", chat=GROUP),
            Envelope(7, "message", 1001, -5, False, "hi", "de"),
            id="group",
        ),
        pytest.param(
            tap("1:rv:1:ok"), Envelope(1, "callback_query", 1001, 1001, True, "", "de"), id="tap"
        ),
        pytest.param(
            {"update_id": 1, "callback_query": {"id": "1", "from": ADA}},
            Envelope(1, "callback_query", 1001, 1001, True, "", "de"),
            id="tap on nothing",
        ),
        pytest.param(
            membership("kicked"),
            Envelope(1, "my_chat_member", 1001, 1001, True, "", "de", left=True),
            id="blocked",
        ),
        pytest.param(
            {"update_id": 1, "edited_message": message()["message"]},
            Envelope(1, "edited_message", 1001, 1001, True, "", "de"),
            id="edit",
        ),
    ],
)
def test_an_update_says_whose_it_is(update: dict[str, Any], expected: Envelope) -> None:
    assert envelope.read(update) == expected


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(None, id="nothing"),
        pytest.param([1], id="a list"),
        pytest.param({"update_id": "1", "message": {"from": ADA}}, id="number as text"),
        pytest.param({"update_id": True, "message": {"from": ADA}}, id="number as truth"),
        pytest.param({"update_id": 2**63, "message": {"from": ADA}}, id="number too big"),
        pytest.param({"update_id": 1, "poll": {"from": ADA}}, id="unwanted kind"),
        pytest.param({"update_id": 1, "message": {"chat": CHAT}}, id="no sender"),
        pytest.param(message(chat={"id": 2**70, "type": "private"}), id="chat too big"),
    ],
)
def test_an_update_without_an_address_has_no_envelope(update: object) -> None:
    assert envelope.read(update) is None


def test_a_message_to_somebody_elses_private_chat_is_not_private() -> None:
    found = envelope.read(message(chat={"id": 1002, "type": "private"}))

    assert found is not None
    assert not found.private


@given(shaped_json)
def test_no_shape_is_an_error(update: object) -> None:
    found = envelope.read(json.loads(json.dumps(update)))

    assert found is None or found.update_id == envelope.number(update)


def test_a_command_carries_its_text_for_a_claim() -> None:
    found = envelope.read(command("/start c0de"))

    assert found is not None
    assert found.text == "/start c0de"


def test_a_stop_names_its_chat_and_draft_and_is_no_envelope() -> None:
    stop = {"update_id": 1, "stopped_message_generation": {"chat": {"id": 1001}, "draft_id": 7}}

    assert envelope.stopped(stop) == (1001, 7)
    assert envelope.read(stop) is None


@pytest.mark.parametrize("body", [None, {}, {"chat": 5, "draft_id": 7}, {"chat": {"id": 1001}}])
def test_a_stop_of_another_shape_is_none(body: object) -> None:
    assert envelope.stopped({"update_id": 1, "stopped_message_generation": body}) is None
