import json
from pathlib import Path

import pytest

from tests.proofs import __main__ as command
from tests.proofs import proven, table


def test_a_proof_is_kept_only_where_somebody_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PROOFS", raising=False)
    proven("kills", lost=0)
    monkeypatch.setenv("PROOFS", str(tmp_path))
    proven("kills", "with/slash", lost=0)

    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_bytes()) == {
        "proof": "kills", "case": "with/slash", "figures": {"lost": 0},
    }  # fmt: skip


def test_the_figures_of_a_proof_are_added_up_over_its_cases() -> None:
    kept = [
        {"proof": "faults", "case": "locked", "figures": {"survived": 10}},
        {"proof": "faults", "case": "full", "figures": {"survived": 9}},
    ]

    assert table.added_up(kept) == {"faults": {"cases": 2, "survived": 19}}


def test_of_extremes_the_largest_counts() -> None:
    kept = [{"proof": "stops", "figures": {"slowest": seconds}} for seconds in (2.5, 4.0, 1.0)]

    assert table.added_up(kept) == {"stops": {"cases": 3, "slowest": 4.0}}


def test_what_nobody_measured_has_no_line() -> None:
    assert table.written({}).count("\n") == 1


def test_readme_shows_the_figures_that_were_measured() -> None:
    if not command.FIGURES.exists():
        pytest.skip("nothing was measured yet")
    figures = json.loads(command.FIGURES.read_bytes())
    readme = command.README.read_text()

    assert table.placed(readme, table.written(figures)) == readme


@pytest.mark.parametrize("row", table.ROWS, ids=lambda row: row.proof)
def test_every_proof_names_tests_that_exist(row: table.Row) -> None:
    files = [Path(command.README.parent, file) for file in row.tests.split()]

    for file in files:
        assert f'"{row.proof}"' in file.read_text()


def test_proofs_are_named_with_commas_between_them_and_a_wrong_name_is_told() -> None:
    assert command.names(["webhook kills,", "load"]) == ["webhook kills", "load"]
    assert command.names([""]) == []
    with pytest.raises(SystemExit, match="no proof is called lode"):
        command.main(["lode"])
