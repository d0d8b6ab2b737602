import asyncio
import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
import structlog

from bot import logs

CANARY = "987654321:" + "Canary_" * 6
GOOGLE_KEY = "AIza" + "k" * 35
OWN_SECRET = 'a "quoted\\ secret & more'
WORDS = "my doctor says"


class Log:
    """A configured log, read back."""

    def __init__(self, log_format: str) -> None:
        self.stream = io.StringIO()
        logs.configure(
            level="DEBUG", log_format=log_format, secrets=[OWN_SECRET], stream=self.stream
        )

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")[:-1]

    @property
    def records(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


BOTH = pytest.mark.parametrize("log_format", ["json", "console"])


def ours(text: str) -> None:
    structlog.get_logger("bot.turn").info("said", detail=text, nested={text: [text]})


def ours_by_way_of_the_standard_library(text: str) -> None:
    logging.getLogger("bot.worker").warning("parked", extra={"row": text})


def library(text: str) -> None:
    logging.getLogger("some.library").warning("got %s", text)


def library_exception(text: str) -> None:
    try:
        raise ConnectionError(f"https://api.telegram.org/bot{text}/getMe")
    except ConnectionError:
        logging.getLogger("some.library").exception("request failed: %s", text)


def our_exception(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        structlog.get_logger("bot.turn").error("failed", exc_info=error, was=error)


def broken_record(text: str) -> None:
    logging.getLogger("some.library").warning("%d items", text)


WAYS = pytest.mark.parametrize(
    "write",
    [
        ours,
        ours_by_way_of_the_standard_library,
        library,
        library_exception,
        our_exception,
        broken_record,
    ],
)


@BOTH
@WAYS
@pytest.mark.parametrize(
    "secret", [CANARY, CANARY.replace(":", "%3A"), GOOGLE_KEY, OWN_SECRET], ids=str.split
)
def test_no_secret_reaches_the_log_by_any_way(
    write: Callable[[str], None], secret: str, log_format: str, capsys: pytest.CaptureFixture[str]
):
    log = Log(log_format)
    write(f"before {secret} after")

    written = log.text + "".join(capsys.readouterr())
    assert log.lines
    assert secret not in written
    assert json.dumps(secret)[1:-1] not in written


@BOTH
@WAYS
def test_whatever_is_written_each_record_is_one_line_without_controls(
    write: Callable[[str], None], log_format: str
):
    log = Log(log_format)
    write("a\r\nb\x1b[31mc\u2028d\u2029e\x85f\u202eg\ud83dh\x00")

    (line,) = log.lines
    bare = line.replace("\x1b[", "") if "\x1b[0m" in line else line  # the console's own colours
    assert len(line.splitlines()) == 1
    assert "\x1b[31mc" not in line
    assert all(character.isprintable() for character in bare)


@pytest.mark.parametrize("write", [library_exception, our_exception])
def test_an_exception_is_logged_by_type_and_place_and_not_by_its_words(
    write: Callable[[str], None],
):
    log = Log("json")

    try:
        raise ValueError(WORDS)
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    write("")

    first, second = log.records
    assert WORDS not in log.text
    assert first["error"] == "ValueError"
    assert str(first["at"]).startswith("['ValueError at bot/test_logs.py:")
    assert "ConnectionError" in str(second["at"]) or "ValueError" in str(second["at"])


def test_causes_and_members_of_a_group_are_named_too():
    log = Log("json")

    try:
        try:
            raise FileNotFoundError(2, WORDS)
        except OSError as error:
            raise ExceptionGroup(WORDS, [KeyError(WORDS)]) from error
    except ExceptionGroup as group:
        structlog.get_logger().error("failed", exc_info=group)

    (record,) = log.records
    names = [str(link).split()[0] for link in record["at"]]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownArgumentType, reportUnknownVariableType] - JSON
    assert names == ["ExceptionGroup", "KeyError", "FileNotFoundError(ENOENT)"]
    assert WORDS not in log.text


@BOTH
def test_of_an_object_only_the_type_is_logged(log_format: str):
    log = Log(log_format)

    class Update:
        def __repr__(self) -> str:
            return WORDS

    structlog.get_logger().info("got", update=Update(), many=[Update()], pair={"a": Update()})

    assert "Update" in log.text
    assert WORDS not in log.text


@BOTH
def test_a_raw_update_is_cut_out_of_a_library_s_line(log_format: str):
    log = Log(log_format)
    logging.getLogger("telegram.ext").critical(
        "Something went wrong. Received data was %s", {"text": WORDS}
    )

    assert "Received data was" in log.text
    assert WORDS not in log.text


@BOTH
@pytest.mark.parametrize("name", logs.QUIET)
def test_a_library_that_logs_addresses_is_quiet_even_at_debug(name: str, log_format: str):
    log = Log(log_format)
    logging.getLogger(f"{name}.part").info("GET https://api.telegram.org/bot<token>/getMe")
    logging.getLogger(name).warning("trouble")

    (line,) = log.lines
    assert "trouble" in line


def test_a_call_of_httpx_leaves_no_address_even_at_debug():
    log = Log("json")

    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        client.get("https://api.telegram.org/bot7:secret/getMe")

    assert log.text == ""


def test_a_record_carries_its_time_in_utc_its_level_and_its_logger_first():
    log = Log("json")

    structlog.get_logger("bot.turn").warning("slow", seconds=3)
    logging.getLogger("some.library").warning("slow")

    for record, logger in zip(log.records, ["bot.turn", "some.library"], strict=True):
        assert list(record)[:4] == ["timestamp", "level", "logger", "event"]
        assert str(record["timestamp"]).endswith("Z")
        assert (record["level"], record["logger"], record["event"]) == ("warning", logger, "slow")


def test_what_a_record_is_given_beside_its_words_is_logged_too():
    log = Log("json")

    logging.getLogger("bot.service").info("running", extra={"bot": "rein_bot"})

    assert log.records[0]["bot"] == "rein_bot"


def test_auto_means_json_where_nobody_watches():
    log = Log("auto")

    structlog.get_logger().info("started")

    assert log.records[0]["event"] == "started"


def test_a_level_hides_what_lies_below_it():
    stream = io.StringIO()
    logs.configure(level="ERROR", log_format="json", secrets=[], stream=stream)

    structlog.get_logger().warning("hidden")
    logging.getLogger("httpx").warning("hidden")

    assert stream.getvalue() == ""


def test_crashes_of_program_and_thread_are_logged_without_values(monkeypatch: pytest.MonkeyPatch):
    for owner, name in [(sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")]:
        monkeypatch.setattr(owner, name, getattr(owner, name))
    log = Log("json")
    logs.catch_crashes()

    sys.excepthook(ValueError, ValueError(CANARY), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

    assert [record["error"] for record in log.records] == ["ValueError", "ZeroDivisionError"]
    assert CANARY not in log.text


async def test_an_error_of_the_event_loop_is_logged_without_values():
    log = Log("json")
    loop = asyncio.get_running_loop()
    logs.catch_loop_errors(loop)

    loop.call_exception_handler({"message": "nobody waited", "exception": ValueError(WORDS)})

    (record,) = log.records
    assert (record["event"], record["error"]) == ("nobody waited", "ValueError")
    assert WORDS not in log.text
