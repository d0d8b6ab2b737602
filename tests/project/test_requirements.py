import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from datetime import UTC, date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "requirements"
LOCKS = sorted(FOLDER.glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

each_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)


def requirements(lock: Path) -> list[str]:
    """Return the requirements of a lock, each on one line."""
    return lock.read_text().replace("\\\n", " ").splitlines()


def pins(lock: Path) -> dict[str, str]:
    return dict(line.split()[0].split("==") for line in requirements(lock))


def named(wanted: list[str]) -> set[str]:
    """Return the normal names of what pyproject.toml asks for."""
    names = (re.split(r"[\[<>=!~; ]", each)[0] for each in wanted)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_there_is_a_lock_for_each_use():
    assert [lock.stem for lock in LOCKS] == [
        *("bench", "bootstrap", "dev", "runtime", "scale", "supply")
    ]


@each_lock
def test_every_requirement_is_pinned_and_hashed(lock: Path):
    pinned = re.compile(r"[a-z0-9-]+==\S+( ;[^#]*)?( +--hash=sha256:[0-9a-f]{64})+")

    loose = [line for line in requirements(lock) if not pinned.fullmatch(line)]

    assert requirements(lock)
    assert not loose


@each_lock
def test_no_lock_names_an_index_or_a_folder_of_this_machine(lock: Path):
    text = lock.read_text()

    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert " @ " not in text


def test_what_the_program_needs_is_locked():
    assert named(PROJECT["project"]["dependencies"]) <= set(pins(FOLDER / "runtime.txt"))


def test_what_developing_needs_is_locked_with_every_extra():
    extras = chain.from_iterable(PROJECT["project"]["optional-dependencies"].values())
    wanted = named([*extras, *PROJECT["dependency-groups"]["dev"]])

    assert wanted <= set(pins(FOLDER / "dev.txt"))


def test_tests_run_on_what_the_program_runs_on():
    developing = pins(FOLDER / "dev.txt")

    assert {name: developing[name] for name in pins(FOLDER / "runtime.txt")} == pins(
        FOLDER / "runtime.txt"
    )


def test_what_audits_changes_no_package_that_is_tested():
    auditing, tested = pins(FOLDER / "supply.txt"), pins(FOLDER / "dev.txt")

    assert {"pip-audit", "cyclonedx-bom"} <= set(auditing)
    assert [name for name in auditing if tested.get(name, auditing[name]) != auditing[name]] == []


def test_locks_are_made_of_nothing_younger_than_a_week_with_hashes_and_without_an_index(
    tmp_path: Path,
):
    shutil.copytree(FOLDER, tmp_path / "requirements")
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "python").symlink_to(sys.executable)
    (tools / "uv").write_text('#!/bin/sh\necho "$@" >>asked\n')
    (tools / "uv").chmod(0o755)

    subprocess.run([tmp_path / "requirements" / "lock.sh"], check=True)

    asked = (tmp_path / "asked").read_text().splitlines()
    week_ago = SystemClock().now().astimezone(UTC).date() - timedelta(days=7)
    written = {re.findall(r"--output-file requirements/(\S+)", line)[0] for line in asked}
    assert written == {lock.name for lock in LOCKS}
    for line in asked:
        youngest = date.fromisoformat(re.findall(r"--exclude-newer (\S+)", line)[0])
        assert abs(youngest - week_ago) <= timedelta(days=1), "the day may end meanwhile"
        assert "--generate-hashes" in line
        assert "--no-emit-index-url" in line


def known(name: str, *weak: str) -> dict[str, Any]:
    found = [{"id": one, "fix_versions": ["2.0"], "aliases": [], "description": ""} for one in weak]
    return {"name": name, "version": "1.0", "vulns": found}


UNKNOWN = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [
        pytest.param([known("a"), UNKNOWN], 0, "1 packages audited, 1 unknown, 0 weak", id="sound"),
        pytest.param([known("a", "CVE-1")], 1, "a 1.0: CVE-1 (fixed in 2.0)", id="weak"),
        pytest.param([UNKNOWN], 0, "NOT AUDITED", id="an index without a list"),
        pytest.param(None, 0, "NOT AUDITED", id="no network"),
    ],
)
def test_an_audit_fails_for_a_known_weakness_and_says_when_there_was_none(
    tmp_path: Path, answer: list[dict[str, Any]] | None, code: int, told: str
):
    says = (
        "raise SystemExit(1)"
        if answer is None
        else f"print({json.dumps({'dependencies': answer})!r})"
    )
    (tmp_path / "pip_audit.py").write_text(says)

    audit = [sys.executable, FOLDER / "audit.py"]
    made = subprocess.run(audit, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)

    assert made.returncode == code, made.stderr
    assert told in made.stdout


def test_nothing_unknown_runs_by_itself_where_python_starts():
    known = (
        r"__editable__\.rein-.*\.pth",  # of `make`: where our own packages lie
        r"distutils-precedence\.pth",  # setuptools
        r"google_generativeai-.*-nspkg\.pth",  # the extra gemini-legacy
    )
    found = [file.name for file in Path(sysconfig.get_path("purelib")).glob("*.pth")]

    assert [name for name in found if not any(re.fullmatch(one, name) for one in known)] == []


def test_there_is_one_kind_of_lock():
    assert not (ROOT / "uv.lock").exists()


def test_the_scripts_are_sound_shell():
    for script in [*FOLDER.glob("*.sh"), ROOT / ".ci" / "run"]:
        shell = script.read_text().splitlines()[0].removeprefix("#!")
        subprocess.run([shell, "-n", script], check=True)
