from datetime import date, timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot import drawing
from bot.background import Background
from bot.clock import SystemClock
from bot.delivery.outcome import (
    Ambiguous,
    NotWritten,
    Outcome,
    Refused,
    Sent,
    TooFast,
    Unreachable,
)
from bot.drawing import Painter
from bot.journey.pictures import Chart, Track, WeekTold
from bot.outgoing import EditKeyboard, EditText, SendChart, SendText
from bot.sandbox import acts
from bot.sandbox.server import Sandbox
from bot.sandbox.shapes import Json
from bot.telegram import outbound
from bot.telegram.connect import Connection, TokenRefusedError, connect
from bot.telegram.outbound import Outbound
from bot.telegram.request import NeverWrittenError
from tests.bot.conftest import TOKEN
from tests.bot.telegram import scripted
from tests.bot.telegram.scripted import ScriptedApi

YOU = 1001
CHART = Chart((Track("Run", date(2026, 11, 23), (), (WeekTold(date(2026, 11, 23), 3, 1, 2),)),))
KEYBOARD = ((("Yes", "1:rv:1:ok"), ("No", "1:rv:1:no")), (("Why?", "1:rv:1:why"),))


@pytest.fixture
def sender(connection: Connection, background: Background, painter: Painter) -> Outbound:
    return Outbound(connection.bot, background, painter)


def shown(sandbox: Sandbox) -> Json:
    return sandbox.chats[YOU].since(0)[-1]


async def sent(sender: Outbound, text: SendText) -> int:
    outcome = await sender.send(YOU, text)
    assert isinstance(outcome, Sent)
    assert outcome.message is not None
    return outcome.message


async def test_a_picture_arrives_with_its_caption_even_where_its_html_is_refused(
    sender: Outbound, sandbox: Sandbox
) -> None:
    for caption in ("<b>Run</b>: 3 of 4", "Run: <3 of 4", "x" * 2_000):
        assert isinstance(await sender.send(YOU, SendChart(CHART, "en", caption)), Sent)

    first, second, third = sandbox.chats[YOU].since(0)
    assert first["photo"][0]["width"] == 1080
    assert first["caption"] == "Run: 3 of 4"
    assert first["caption_entities"][0]["type"] == "bold"
    assert second["caption"] == "Run: <3 of 4"
    assert third["caption"] == "x" * 1_023 + "…"


async def test_a_chart_that_cannot_be_drawn_is_done_with(
    sender: Outbound, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "WITHIN", timedelta())

    assert await sender.send(YOU, SendChart(CHART, "en", "Run")) == Sent(None)
    assert sandbox.chats[YOU].since(0) == []


async def test_a_message_arrives_with_its_formatting_and_buttons(
    sender: Outbound, sandbox: Sandbox
) -> None:
    number = await sent(sender, SendText("<b>Run</b> &amp; rest", KEYBOARD))

    message = shown(sandbox)
    assert message["message_id"] == number
    assert message["text"] == "Run & rest"
    assert message["entities"][0]["type"] == "bold"
    rows = message["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Yes", "No"], ["Why?"]]


async def test_text_and_buttons_are_edited_in_place(sender: Outbound, sandbox: Sandbox) -> None:
    number = await sent(sender, SendText("Ready?", KEYBOARD))

    outcome = await sender.send(YOU, EditText(number, "Ready?\n\n✓ Yes"))

    assert outcome == Sent(number)
    assert shown(sandbox)["text"] == "Ready?\n\n✓ Yes"
    assert "reply_markup" not in shown(sandbox)


async def test_a_keyboard_is_taken_away(sender: Outbound, sandbox: Sandbox) -> None:
    number = await sent(sender, SendText("Ready?", KEYBOARD))

    await sender.send(YOU, EditKeyboard((), number))

    assert "reply_markup" not in shown(sandbox)


async def test_an_edit_that_changes_nothing_counts_as_sent(sender: Outbound) -> None:
    number = await sent(sender, SendText("Ready?"))

    assert await sender.send(YOU, EditText(number, "Ready?")) == Sent(None)


@pytest.mark.parametrize(
    "broken",
    [SendText("3 < 5 <b>km", KEYBOARD), SendText("<unknown>5 km</unknown>")],
    ids=["unclosed", "unknown tag"],
)
async def test_html_that_telegram_refuses_goes_out_as_plain_text(
    sender: Outbound, sandbox: Sandbox, broken: SendText
) -> None:
    await sent(sender, broken)

    assert "km" in shown(sandbox)["text"]
    assert "entities" not in shown(sandbox)
    assert sender.unparsable == 1


@pytest.mark.parametrize(
    "text",
    ["<b>" + "a" * 5000 + "</b>", "🏃" * 3000, "<i>" + "&lt;b&gt;" * 2000 + "</i>"],
    ids=["plain", "pairs", "escaped"],
)
async def test_nothing_longer_than_telegram_takes_is_sent(
    sender: Outbound, sandbox: Sandbox, text: str
) -> None:
    await sent(sender, SendText(text))

    arrived = shown(sandbox)["text"]
    assert arrived.endswith("…")
    assert len(arrived.encode("utf-16-le")) <= 2 * outbound.LONGEST
    assert sender.unparsable == 0


async def test_somebody_who_blocked_us_is_unreachable(sender: Outbound, sandbox: Sandbox) -> None:
    acts.block(sandbox, sandbox.people[YOU], blocked=True)

    assert await sender.send(YOU, SendText("Hello?")) == Unreachable()


async def test_an_edit_of_a_message_that_is_gone_is_refused(sender: Outbound) -> None:
    assert await sender.send(YOU, EditText(999_999, "x")) == Refused("BadRequest")


async def test_a_tap_is_answered_beside_the_turn(sender: Outbound, sandbox: Sandbox) -> None:
    number = await sent(sender, SendText("Ready?", KEYBOARD))
    query = acts.press(sandbox, sandbox.people[YOU], number, "1:rv:1:ok")

    sender.answer_tap(query.id, "Noted")

    assert (await query.answer)["text"] == "Noted"


async def test_no_message_lets_telegram_fetch_a_preview(
    background: Background, painter: Painter
) -> None:
    api = ScriptedApi()
    async with scripted.serving(api) as root, connect(TOKEN, root, SystemClock()) as connection:
        sender = Outbound(connection.bot, background, painter)
        await sender.send(YOU, SendText("http://example.org"))
        await sender.send(YOU, EditText(1, "http://example.org"))

    for method in ("sendMessage", "editMessageText"):
        assert api.asked(method)[0]["link_preview_options"] == '{"is_disabled": true}'


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        pytest.param(
            caused(NeverWrittenError("x"), OSError()), NotWritten("OSError"), id="never written"
        ),
        pytest.param(caused(TimedOut(), TimeoutError()), Ambiguous("TimeoutError"), id="timeout"),
        pytest.param(NetworkError("Bad Gateway"), Ambiguous("NetworkError"), id="502"),
        pytest.param(TelegramError("unreadable answer"), Ambiguous("TelegramError"), id="garbage"),
        pytest.param(RetryAfter(7), TooFast(timedelta(seconds=7)), id="429"),
        pytest.param(Forbidden("Forbidden: user is deactivated"), Unreachable(), id="403"),
        pytest.param(
            BadRequest("Bad Request: message is not modified: …"), Sent(None), id="unmodified"
        ),
        pytest.param(BadRequest("Chat not found"), Refused("BadRequest"), id="400"),
        pytest.param(InvalidToken("Not Found"), Refused("InvalidToken"), id="404"),
        pytest.param(ChatMigrated(-100), Refused("ChatMigrated"), id="migrated"),
    ],
)
def test_every_failure_has_an_outcome(error: TelegramError, outcome: Outcome) -> None:
    assert outbound.outcome_of(error) == outcome


def test_a_refused_token_stops_the_program() -> None:
    with pytest.raises(TokenRefusedError):
        outbound.outcome_of(InvalidToken("Unauthorized"))
