"""The manual for 3 a.m.: complete, and its commands do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from storage import backup, location, opening, people
from tests import migrated
from tests.bot.fakes import NOON

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "operations.md").read_text()
SOURCES = [
    path.read_text() for folder in ("bot", "storage") for path in ROOT.glob(f"{folder}/**/*.py")
]


def section(title: str) -> str:
    return re.split(r"^## ", MANUAL.partition(f"\n## {title}\n")[2], flags=re.MULTILINE)[0]


def first_cells(table: str) -> list[str]:
    return [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]


def test_every_exit_code_has_its_row():
    codes = {int(code) for source in SOURCES for code in re.findall(r"exit_code = (\d+)", source)}

    shown = first_cells(section("How it ended: exit codes"))

    assert shown == ["code", *map(str, sorted({0, 1} | codes))]


def test_every_cause_of_an_alert_has_its_row():
    catalogues = [path.read_text() for path in ROOT.glob("bot/texts/en*.po")]
    told = {key for text in catalogues for key in re.findall(r'^msgid "alert\.(\w+)"', text, re.M)}
    rules = re.findall(r"- alert: (\w+)", (ROOT / "docs/how-to/monitoring.md").read_text())

    shown = set(re.findall(r"`(\w+)`", section("What each alarm means")))

    assert told
    assert rules
    assert {*told, *rules} <= shown


def test_every_line_of_the_doctor_has_its_row():
    source = (ROOT / "bot" / "doctor.py").read_text()
    names = set(re.findall(r'Check\(\s*"([a-z ]+)"', source))

    shown = first_cells(section("What each line of `rein doctor` means"))

    assert set(shown) == {"line", *(f"`{name}`" for name in names)}


def test_every_place_the_manual_points_to_is_in_it():
    headings = re.findall(r"^##+ (.*)$", MANUAL, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", MANUAL)) <= anchors


@pytest.mark.parametrize("damaged", [False, True], ids=["in good order", "damaged"])
def test_the_commands_of_the_restore_section_restore(damaged: bool, tmp_path: Path):
    url, key_file = f"sqlite:///{tmp_path}/data/rein.db", tmp_path / "master.key"
    path = tmp_path / "data" / "rein.db"
    migrated.put(path)
    database = opening.open_for_bot(url, key_file, NOON)
    stays = database.write_now(lambda t: people.create(t, 1, "en", NOON))
    (tmp_path / "backups").mkdir()
    backup.save(location.parse(url), tmp_path / "backups" / "rein-20261126.db")
    database.write_now(lambda t: people.create(t, 2, "en", NOON))
    database.close()
    if damaged:
        path.write_bytes(path.read_bytes()[:9000])

    done = run_in(tmp_path, *re.findall(r"```sh\n(.*?)```", section("Restore"), re.DOTALL))

    assert f"ok  database: {path}" in done
    restored = opening.open_for_bot(url, key_file, NOON)
    assert restored.read_now(lambda t: people.find(t, 1)) == stays
    assert restored.read_now(lambda t: people.find(t, 2)) is None
    restored.close()


def run_in(folder: Path, commands: str) -> str:
    """Run the commands of a page as an operator does, with Telegram out of reach."""
    rein = folder / "bin" / "rein"
    rein.parent.mkdir()
    rein.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n')
    rein.chmod(0o755)
    settings = {
        "PATH": f"{rein.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "TELEGRAM_BOT_TOKEN": "123456789:" + "A" * 35,
        "TELEGRAM_API_BASE_URL": "http://127.0.0.1:9",
        "DATABASE_URL": f"sqlite:///{folder}/data/rein.db",
        "MASTER_KEY_FILE": str(folder / "master.key"),
    }
    done = subprocess.run(
        ["sh", "-eu", "-c", commands],
        cwd=folder, env=os.environ | settings, capture_output=True, text=True,
    )  # fmt: skip
    *_, last = commands.strip().splitlines()
    assert (last, done.returncode) == ("rein doctor", 1), done.stderr  # 1: no Telegram here
    assert done.stderr == ""
    return done.stdout
