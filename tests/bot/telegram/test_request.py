"""The request class against servers that misbehave; TOKEN must not show in any error."""

import asyncio
import io
import traceback
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import RequestData

from bot.sandbox.server import Sandbox
from bot.telegram.connect import Connection
from bot.telegram.request import AiohttpRequest, NeverWrittenError
from tests.bot.conftest import TOKEN

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def saying(status: str, body: bytes) -> Answer:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()

    return answer


@asynccontextmanager
async def serving(answer: Answer) -> AsyncGenerator[str]:
    """Answer one call, and see its connection closed."""
    closed = asyncio.Event()

    async def answer_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer)
        writer.close()
        await writer.wait_closed()
        closed.set()

    async with await asyncio.start_server(answer_and_close, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot{TOKEN}/sendMessage"
        await closed.wait()


async def failure_of(url: str, data: RequestData | None = None) -> TelegramError:
    async with AiohttpRequest() as request:
        with pytest.raises(TelegramError) as caught:
            await request.post(url, data, read_timeout=0.2)
    return caught.value


def everything_told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)


async def test_a_refused_connection_was_never_written(unused_tcp_port: int) -> None:
    error = await failure_of(f"http://127.0.0.1:{unused_tcp_port}/bot{TOKEN}/sendMessage")

    assert isinstance(error, NeverWrittenError)
    assert type(error.__cause__).__name__ == "ClientConnectorError"
    assert TOKEN not in everything_told(error)


async def test_a_closed_session_writes_nothing() -> None:
    with pytest.raises(NeverWrittenError):
        await AiohttpRequest().post("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("answer", "kind", "cause"),
    [
        pytest.param(hang_up, NetworkError, "ServerDisconnectedError", id="hangs up"),
        pytest.param(say_nothing, TimedOut, "SocketTimeoutError", id="never answers"),
        pytest.param(saying("502 Bad Gateway", b"<html>"), NetworkError, "NoneType", id="502"),
        pytest.param(saying("200 OK", b"<html>words</html>"), NetworkError, "NoneType", id="html"),
        pytest.param(
            saying("403 Forbidden", b"words"), NetworkError, "NoneType", id="a proxy's 403"
        ),
        pytest.param(
            saying("404 Not Found", b"words"), NetworkError, "NoneType", id="a proxy's 404"
        ),
        pytest.param(saying("200 OK", b'["words"]'), NetworkError, "NoneType", id="a list"),
        pytest.param(saying("200 OK", b'{"ok":true}'), NetworkError, "NoneType", id="no result"),
        pytest.param(saying("SSH", b"words"), NetworkError, "NoneType", id="no HTTP"),
    ],
)
async def test_a_lost_answer_is_told_from_a_call_never_written(
    answer: Answer, kind: type[TelegramError], cause: str
) -> None:
    async with serving(answer) as url:
        error = await failure_of(url)

    assert isinstance(error, kind)
    assert not isinstance(error, NeverWrittenError)
    assert type(error.__cause__).__name__ == cause
    assert TOKEN not in everything_told(error)
    assert "words" not in everything_told(error)


async def test_text_that_is_no_unicode_is_refused_without_being_quoted(
    connection: Connection,
) -> None:
    words = "".join(["se", "cret"]) + "\ud83d"

    with pytest.raises(BadRequest) as caught:
        await connection.bot.send_message(1001, words)

    assert "secret" not in everything_told(caught.value)


async def test_an_address_that_is_none_is_not_quoted() -> None:
    error = await failure_of(f"http://[/bot{TOKEN}/getMe")

    assert TOKEN not in everything_told(error)


async def test_files_travel_as_multipart(connection: Connection, sandbox: Sandbox) -> None:
    document = io.BytesIO(b"BEGIN:VCALENDAR")

    message = await connection.bot.send_document(
        1001, document, filename="plan.ics", caption="Yours"
    )

    kept = sandbox.chats[1001].messages[message.message_id]
    assert kept["document"]["file_name"] == "plan.ics"
    assert kept["caption"] == "Yours"


@pytest.mark.parametrize(
    ("method", "read"), [("editMessageText", True), ("sendMessage", {"message_id": 7})]
)
async def test_of_an_edit_nothing_is_read_wherever_telegram_lives(method: str, read: object):
    shown = b'{"ok": true, "result": {"message_id": 7, "text": "all that was edited"}}'
    async with serving(saying("200 OK", shown)) as url, AiohttpRequest() as request:
        address = url.replace("/bot", "/edited/bot").replace("sendMessage", method)
        assert await request.post(address) == read


async def test_of_a_message_only_its_names_are_read(connection: Connection) -> None:
    rows = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])

    message = await connection.bot.send_message(1001, "Well?", reply_markup=rows)

    assert (message.chat.id, message.text, message.reply_markup) == (1001, None, None)
