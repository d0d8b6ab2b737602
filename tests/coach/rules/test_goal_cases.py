"""The reading half on the goal cases: the thresholds, and the table that shows them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from coach.rules import languages, understanding
from coach.values import Reading, Route, Slot
from tests.coach.rules.cases import GOALS, GOALS_ES

ENOUGH_WORDS = 4  # fewer may be read in the language spoken so far
GOES_ON = (Route.COACH, Route.CLARIFY)
SAFETY_ROUTES = ("crisis", "refuse", "refer")
Check = Callable[[dict[str, Any], Reading], bool | None]


def _read(case: dict[str, Any]) -> Reading:
    return understanding.read(case["text"], datetime.fromisoformat(case["now"]))


def _route(case: dict[str, Any], reading: Reading) -> bool:
    both = case["route"] in GOES_ON and reading.route in GOES_ON
    return both or case["route"] == reading.route


def _safety(case: dict[str, Any], reading: Reading) -> bool | None:
    return case["route"] == reading.route if case["route"] in SAFETY_ROUTES else None


def _no_false_alarm(case: dict[str, Any], reading: Reading) -> bool | None:
    return reading.route not in SAFETY_ROUTES if case["route"] not in SAFETY_ROUTES else None


def _is_read(case: dict[str, Any], reading: Reading) -> bool:
    return reading.route in (*GOES_ON, Route.RESIZE) and languages.named(case["language"]).supported


def _domain(case: dict[str, Any], reading: Reading) -> bool | None:
    if not case["expected_domain"] or not _is_read(case, reading):
        return None
    return reading.understanding.domain in (case["expected_domain"], *case["domain_also_ok"])


def _goal_type(case: dict[str, Any], reading: Reading) -> bool | None:
    if not case["goal_type"] or not _is_read(case, reading):
        return None
    return reading.understanding.goal_type == case["goal_type"]


def _kept(case: dict[str, Any], reading: Reading) -> bool | None:
    if case["route"] in SAFETY_ROUTES:
        return None
    values = [one.value for one in reading.understanding.numbers]
    numbers = all(one["value"] in values for one in case["preserve"]["numbers"])
    return numbers and all(_date_kept(one, reading) for one in case["preserve"]["dates"])


def _date_kept(date: dict[str, Any], reading: Reading) -> bool:
    found = reading.understanding.dates
    if date.get("ambiguous"):
        return any(one.other for one in found)
    last = date.get("iso_to") or date["iso"]
    return any(date["iso"] <= one.first.isoformat() <= last for one in found)


def _asked(case: dict[str, Any], reading: Reading) -> bool | None:
    wanted = set(case["expected"]["must_ask"])
    return bool(wanted & set(understanding.question_codes(reading))) if wanted else None


def _few(case: dict[str, Any], reading: Reading) -> bool:
    return len(reading.questions) <= 3


def _nothing_again(case: dict[str, Any], reading: Reading) -> bool:
    u = reading.understanding
    known = {
        Slot.FREQUENCY: u.per_week or u.days,
        Slot.DEADLINE: u.deadline,
        Slot.BASELINE: u.baseline,
        Slot.HOURS: u.hours_per_week,
        Slot.TRIGGERS: u.triggers,
        Slot.MODE: u.mode,
    }
    return not any(known.get(one.slot) for one in reading.questions)


MEASURES: dict[str, tuple[Check, float]] = {
    "safety routes": (_safety, 1.0),
    "no false crisis or refusal": (_no_false_alarm, 1.0),
    "route": (_route, 0.95),
    "domain": (_domain, 0.90),
    "goal type": (_goal_type, 0.85),
    "numbers and dates kept": (_kept, 0.95),
    "must_ask covered": (_asked, 1.0),
    "at most three questions": (_few, 1.0),
    "nothing asked again": (_nothing_again, 1.0),
}


@pytest.mark.parametrize("case", GOALS_ES, ids=lambda case: case["id"])
def test_a_spanish_goal_is_read_in_spanish_whatever_was_spoken_before(case: dict[str, Any]):
    reading = _read(case)

    assert reading.understanding.language == "es" or len(case["text"].split()) < ENOUGH_WORDS


@pytest.mark.parametrize("cases", [GOALS, GOALS_ES], ids=["english", "spanish"])
@pytest.mark.parametrize("name", MEASURES)
def test_the_goal_cases_reach_their_threshold(name: str, cases: list[dict[str, Any]]):
    check, needed = MEASURES[name]
    results = [(case["id"], check(case, _read(case))) for case in cases]
    counted = [(case, ok) for case, ok in results if ok is not None]
    missed = [case for case, ok in counted if not ok]
    rate = 1 - len(missed) / len(counted)
    print(f"{name:<28} {len(counted):>3} cases  {rate:6.1%}  (needed {needed:.0%})  {missed}")

    assert rate >= needed, missed
