import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

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


def test_there_is_a_lock_for_running_for_developing_and_for_installing():
    assert [lock.stem for lock in LOCKS] == ["bootstrap", "dev", "runtime"]


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


def test_there_is_one_kind_of_lock():
    assert not (ROOT / "uv.lock").exists()


def test_the_scripts_are_sound_shell():
    for script in [*FOLDER.glob("*.sh"), ROOT / ".ci" / "run"]:
        shell = script.read_text().splitlines()[0].removeprefix("#!")
        subprocess.run([shell, "-n", script], check=True)
