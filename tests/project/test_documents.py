import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def code(text: str) -> list[str]:
    """Return what a document shows as code: whole lines of blocks, and spans in the text."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", text)
    return [line.strip() for block in blocks for line in block.splitlines()] + spans


def commands(text: str, program: str) -> set[str]:
    return {
        found[1] for each in code(text) if (found := re.match(rf"{program} ([a-z][a-z-]*)\b", each))
    }


@each_document
def test_every_make_command_a_document_names_exists(document: Path):
    assert commands(document.read_text(), "make") <= TARGETS


@each_document
def test_every_rein_command_a_document_names_exists(document: Path):
    named = commands(document.read_text(), "rein")

    for command in named:
        asked = [sys.executable, "-m", "bot", command, "--help"]
        assert subprocess.run(asked, cwd=ROOT, capture_output=True).returncode == 0, command


@each_document
def test_every_link_to_a_file_leads_somewhere(document: Path):
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text())

    missing = [
        link for link in links if "://" not in link and not (document.parent / link).exists()
    ]

    assert not missing


@each_document
def test_every_test_a_document_names_exists(document: Path):
    named = re.findall(r"`(tests/[^`\s]+)`", document.read_text())

    assert [test for test in named if not (ROOT / test).exists()] == []


@pytest.mark.parametrize(
    ("document", "letter", "last"),
    [("SECURITY.md", "T", 26), ("docs/reliability.md", "P", 14), ("docs/reliability.md", "F", 21)],
)
def test_every_threat_promise_and_fault_has_a_row_with_a_test(
    document: str, letter: str, last: int
):
    rows = re.findall(rf"^\| {letter}(\d+) \|(.*)$", (ROOT / document).read_text(), re.MULTILINE)

    assert [int(number) for number, _ in rows] == list(range(1, last + 1))
    assert [row for _, row in rows if not re.search(r"`tests/[^`]*test_[^`]*\.py`", row)] == []


def test_the_decisions_are_all_in_their_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()

    assert [page.name for page in folder.glob("0*.md") if f"]({page.name})" not in index] == []


def test_ci_runs_the_commands_that_the_documents_name():
    steps = re.findall(r"^make ([a-z]+)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)

    assert steps == ["lint", "test", "long", "sbom", "audit"]


def test_help_names_every_target():
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout

    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    assert set(re.findall(r"make ([a-z-]+)", shown)) == set(phony) == TARGETS


def test_the_commit_hook_calls_make_lint_and_nothing_else():
    hook = (ROOT / ".pre-commit-config.yaml").read_text()

    assert re.findall(r"entry: (.*)", hook) == ["make lint"]
