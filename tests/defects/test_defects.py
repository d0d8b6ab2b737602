"""Tests of the tests: each defect, planted in a copy of the tree, turns the tests named red."""

import ast
from pathlib import Path

import pytest

from tests.defects.listed import LISTED
from tests.defects.own import OWN
from tests.defects.planting import CAUGHT, PASSED, ROOT, Defect, broken, copied, planted, run
from tests.proofs import proven
from tests.tiers import FULL

ALL = (*LISTED, *OWN)
FEW = ("confirm before insert", "text in a log line", "callback owner unchecked", "soft delete")
"""Those of everyday runs: one each of what is lost, told, taken from another, and kept."""

DEFECTS = ALL if FULL else tuple(defect for defect in ALL if defect.name in FEW)
each = pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("tree"))


@pytest.mark.parametrize("defect", ALL, ids=lambda defect: defect.name)
def test_every_defect_fits_the_source_of_today(defect: Defect) -> None:
    ast.parse(broken((ROOT / defect.file).read_text(), defect))


def test_every_defect_has_a_name_of_its_own_and_those_of_everyday_exist() -> None:
    names = [defect.name for defect in ALL]

    assert len(set(names)) == len(names)
    assert set(FEW) <= set(names)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_without_a_defect_every_test_named_is_green(tree: Path) -> None:
    tests = {test for defect in DEFECTS for test in defect.watched_by}

    code, _, said = run(tree, sorted(tests))

    assert code == PASSED, said


@pytest.mark.long
@pytest.mark.timeout(300)
@each
def test_a_defect_turns_the_tests_that_watch_over_it_red(tree: Path, defect: Defect) -> None:
    with planted(tree, defect):
        code, failed, said = run(tree, defect.watched_by)

    missed = [
        test
        for test in defect.watched_by
        if not any(name == test or name.startswith(f"{test}[") for name in failed)
    ]
    caught = code == CAUGHT and not missed
    assert caught, f"nobody saw it: {missed or code}\n{said}"
    proven("defects", case=defect.name, planted=1, caught=int(caught))
