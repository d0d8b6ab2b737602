"""Changes in words: what a request changes, and that it changes nothing else."""

from dataclasses import fields, replace
from datetime import date, time

import pytest

from coach.rules import answers, calendar, revision, understanding
from coach.values import GoalUnderstanding, Quantity
from tests.coach.rules.cases import NOW

RUN = "I want to run 3 times a week, 20 minutes each, before work"
READ = "read 10 pages every night before bed"
SAVE = "save 3,000 dollars by the end of June for a trip to Japan"
COFFEE = "cut down to 2 coffees a day, currently 6"
LIGHTS = "lights out by 23:00 on weekdays"

ASKED = {
    "move Friday to Saturday": (RUN, {"days": (0, 2, 5)}),
    "Saturday instead of Friday": (RUN, {"days": (0, 2, 5)}),
    "not Mondays": (RUN, {"days": (1, 3, 5), "free_days": (0,)}),
    "mondays don't work for me": (RUN, {"days": (1, 3, 5), "free_days": (0,)}),
    "add Sunday": (RUN, {"days": (0, 2, 4, 6), "per_week": 4.0}),
    "drop wed": (RUN, {"days": (0, 4), "per_week": 2.0}),
    "one more day": (RUN, {"per_week": 4.0}),
    "too many days": (RUN, {"per_week": 2.0}),
    "weekends only": (RUN, {"days": (5, 6), "per_week": 2}),
    "4 times and not on mondays": (RUN, {"per_week": 4.0, "free_days": (0,)}),
    "shorter": (RUN, {"amount": Quantity(14, "min")}),
    "double it": (RUN, {"amount": Quantity(40, "min")}),
    "half as much": (RUN, {"amount": Quantity(10, "min")}),
    "only 10 minutes": (RUN, {"amount": Quantity(10, "min")}),
    "from next week": (RUN, {"start": date(2026, 11, 30)}),
    "start on 1 December": (RUN, {"start": date(2026, 12, 1)}),
    "start a week later": (RUN, {"start": date(2026, 12, 1)}),
    "can we start on Monday?": (RUN, {"start": date(2026, 11, 30)}),
    "from Thursday on": (RUN, {"start": date(2026, 11, 26)}),
    "I'd like to start this Monday": (RUN, {"start": date(2026, 11, 30)}),
    "start on Monday, 15 minutes": (
        RUN,
        {"start": date(2026, 11, 30), "amount": Quantity(15, "min")},
    ),
    "from Monday to Wednesday": (RUN, {"days": (0, 1, 2)}),
    "start on Monday and Thursday": (RUN, {"days": (0, 3), "per_week": 2.0}),
    "at 7 instead": (RUN, {"at": time(7)}),
    "an hour earlier": (RUN, {"at": time(6), "cue": None}),
    "10 minutes later": (RUN, {"at": time(7, 10), "cue": None}),
    "later in the evening": (RUN, {"cue": "in the evening"}),
    "can we move it to evening?": (RUN, {"cue": "in the evening"}),
    "mornings instead": (READ, {"cue": "in the morning"}),
    "swap running for swimming": (RUN, {"activity": "swimming", "behaviour": "swim"}),
    "I'd rather cycle": (RUN, {"activity": "cycling", "behaviour": "cycle"}),
    "half an hour later": (LIGHTS, {"amount": Quantity(23.5, "clock")}),
    "make the target twice as much": (SAVE, {"target": Quantity(6000, "USD")}),
    "30 min at 6am, no fridays": (
        RUN,
        {"amount": Quantity(30, "min"), "at": time(6), "days": (1, 3, 5)},
    ),
}
UNFIT = {"only 10 minutes": COFFEE, "an hour earlier": COFFEE, "5 pages": SAVE}
_CARRIED = ("text", "numbers", "dates", "chosen_for_me", "at", "domain", "free_days")


def _known(text: str) -> GoalUnderstanding:
    return understanding.read(text, NOW).understanding


@pytest.mark.parametrize("said", ASKED)
def test_a_request_changes_what_it_names_and_nothing_else(said: str):
    goal, wished = ASKED[said]
    before = _known(goal)
    after, understood = answers.revise(before, said, NOW, wording=False)

    assert understood
    assert {name: getattr(after, name) for name in wished} == wished
    changed = {f.name for f in fields(after) if getattr(after, f.name) != getattr(before, f.name)}
    assert changed <= {*wished, *_CARRIED}


@pytest.mark.parametrize("said", UNFIT)
def test_a_size_that_cannot_be_one_of_the_goal_is_not_taken(said: str):
    before = _known(UNFIT[said])

    assert answers.revise(before, said, NOW, wording=False) == (before, False)


def test_a_day_kept_free_stays_free_when_the_number_of_days_changes():
    u = _known(RUN)
    for said in ("not Mondays", "make it 4 times"):
        u, _ = answers.revise(u, said, NOW)

    assert 0 not in calendar.days_for(u, u.per_week or 0)
    assert len(calendar.days_for(u, u.per_week or 0)) == 4


def test_the_old_figure_is_not_repeated_beside_the_new_one():
    after, _ = answers.revise(_known(RUN), "double it", NOW)

    assert Quantity(20, "min") not in after.numbers


def test_at_home_a_remark_is_not_taken_for_a_new_first_line():
    before = _known(RUN)

    assert answers.revise(before, "my mother visits us tonight", NOW, wording=False) == (
        before,
        False,
    )


@pytest.mark.parametrize(
    ("language", "words"), [("en", "not in the morning"), ("es", "no por la mañana")]
)
def test_a_time_that_is_not_wanted_is_no_time(language: str, words: str):
    goal = understanding.read(RUN, NOW).understanding

    assert revision.change(replace(goal, language=language), words, NOW, wording=False) is None
