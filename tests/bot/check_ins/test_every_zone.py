"""Every zone's occurrences against clocks that are read minute by minute."""

import pytest

from benchmarks import occurrences
from tests.proofs import proven
from tests.tiers import FULL

SOME = (
    "Africa/Cairo", "Africa/Casablanca", "America/Santiago", "Antarctica/Troll", "Asia/Gaza",
    "Asia/Kathmandu", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/Madrid", "Pacific/Chatham",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nobody_is_asked_twice_or_forgotten_in_any_zone_whatever_clocks_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = occurrences.measure() if FULL else occurrences.measure(SOME, journeys=100)

    with capsys.disabled():
        print(f"\n{occurrences.table(found)}")
    assert found["leapt_over"] > 20
    assert found["shown_twice"] > 20
    assert found["met_again"] > 100
    kinds = ("doubled", "missed", "misplaced")
    doubled, missed, misplaced = (found[kind] + found[f"journey_{kind}"] for kind in kinds)
    assert (doubled, missed, misplaced) == (0, 0, 0)
    proven(
        "occurrences",
        zones=found["zones"],
        occurrences=found["occurrences"] + found["journey_occurrences"],
        days=found["days"],
        journeys=found["journeys"],
        changes=found["changes"],
        doubled=doubled,
        missed=missed,
        misplaced=misplaced,
    )
