"""What is said and then logged is found; in a run of all tests nothing of it is."""

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import logs, redaction
from tests import listening
from tests.listening import Watch
from tests.proofs import proven
from tests.tiers import FULL

ROOT = Path(__file__).parents[1]
ALL = ("-n", "auto", "--dist", "loadfile", "--ignore=tests/crash", "--ignore=tests/defects")
A_FEW = (
    "tests/bot/test_conversation.py::test_a_goal_typed_before_consent_is_held_and_then_used",
    "tests/bot/test_danger.py::test_the_conversation_keeps_no_word_of_danger",
)


def logged(text: str, secret: str = "another") -> str:
    """Log *text* as Rein would."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(logs.Line(redaction.Redaction([secret]), console=False))
    handler.emit(logging.makeLogRecord({"msg": "got %s of it", "args": (text,)}))
    return log.getvalue()


@pytest.mark.parametrize(
    "said", ["I told my doctor all", "se lo dije a mi médica", 'she said "never", twice', "x" * 500]
)
@pytest.mark.parametrize("where", ["our log", "a child's log"])
def test_what_somebody_said_is_found_in_a_log_once(said: str, where: str, tmp_path: Path):
    ours, childs = io.StringIO(), tmp_path / "child.txt"
    childs.write_text(logged(said) if where == "a child's log" else "")
    ours.write(logged(said) if where == "our log" else "")
    watch = Watch(ours)

    watch.hear(said)

    assert watch.found(iter([childs]))
    assert not watch.found(iter([]))
    assert (watch.texts, watch.lines) == (1, 1)


def test_a_token_is_found_by_its_look_and_a_known_one_is_taken_out():
    token = "987654321:" + "k" * 35
    telling = "canary-token-that-nobody-may-ever-see"

    assert Watch(io.StringIO(token)).found(iter([]))
    assert Watch(io.StringIO(telling)).found(iter([]))
    assert not Watch(io.StringIO(logged(telling, secret=telling) + logged(token))).found(iter([]))


def test_what_is_short_or_a_command_may_stand_in_a_log():
    watch = Watch(io.StringIO("yes, /settings quiet 22-8 was read"))

    watch.hear("yes")
    watch.hear("/settings quiet 22-8")

    assert not watch.found(iter([]))


def test_a_handler_that_a_command_made_in_a_test_is_gone_in_the_next(
    watch: tuple[Watch, logging.Handler],
):
    logs.configure(level="INFO", log_format="json", secrets=[], stream=io.StringIO())

    listening.listen(watch[1])

    assert [type(one) for one in logging.getLogger().handlers].count(logging.StreamHandler) == 1
    assert watch[1] in logging.getLogger().handlers


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_that_anybody_says_in_any_test_reaches_a_log(tmp_path: Path):
    told = tmp_path / "told.jsonl"

    tests = ("-m", "not long", *(ALL if FULL else A_FEW))
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env={**os.environ, "CANARIES": str(told), "PROOFS": ""},
        capture_output=True,
    )

    runs = [json.loads(line) for line in told.read_text().splitlines()]
    sums = {name: sum(run[name] for run in runs) for name in ("said", "lines", "hits")}
    assert sums["hits"] == 0
    assert sums["said"] > (100 if FULL else 0), "nobody listened"
    proven("log canaries", said=sums["said"], lines=sums["lines"], hits=sums["hits"])
