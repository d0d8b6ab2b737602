import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give what `make` needs to begin with, in a folder without a .venv."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def last_line_of_a_failed_make(clone: Path, **environment: str) -> str:
    unmade = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    result = subprocess.run(
        ["make", "demo"], cwd=clone, env=unmade | environment, capture_output=True, text=True
    )
    said = [line for line in result.stderr.splitlines() if line.startswith("rein: ")]
    assert result.returncode == 2
    return said[-1]


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_a_missing_python_is_named_with_what_to_do(clone: Path):
    line = last_line_of_a_failed_make(clone, PYTHON="python-that-is-not-there")

    assert "python-that-is-not-there is not there" in line
    assert "Install Python 3.11" in line


def test_a_python_that_is_too_old_is_named_with_its_version(clone: Path, tmp_path: Path):
    old = script(tmp_path / "old", '[ "$1" = --version ] && echo Python 3.9.2 || exit 1')

    assert "Python 3.9.2 is too old" in last_line_of_a_failed_make(clone, PYTHON=old)


def test_a_python_without_venv_is_told_how_to_get_it(clone: Path, tmp_path: Path):
    bare = script(tmp_path / "bare", 'case "$2" in *ensurepip*) exit 1 ;; esac')

    assert "apt-get install python3-venv" in last_line_of_a_failed_make(clone, PYTHON=bare)


def test_an_index_that_cannot_be_reached_is_said_in_one_line(clone: Path):
    nobody = "http://127.0.0.1:9/simple"
    line = last_line_of_a_failed_make(
        clone,
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=nobody,
        PIP_NO_CACHE_DIR="1",
        PIP_RETRIES="0",
        UV_DEFAULT_INDEX=nobody,
    )

    assert "could not be installed" in line
    assert "package index" in line
    assert not (clone / ".venv" / ".runtime").exists()
