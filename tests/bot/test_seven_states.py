"""One week with all seven states of a day, and every surface on which somebody sees it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
import vobject

from bot import takeaway
from bot.drawing import sheet
from bot.drawing import weeks as picture
from bot.journey import machine
from bot.journey.content import Content, Text, WeekView
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Say, ShowChart
from bot.journey.found import GoalState, KnownGoal, Reviewed
from bot.journey.pictures import StarsGiven, StatsFound
from bot.report import outcomes, summary
from bot.texts import LANGUAGES, weeks
from coach import doing, lived
from coach.lived import Lived, Told
from coach.rules import review
from coach.rules.courses import Course
from coach.values import Drafted, Progress, Session
from coach.weeks import DayState
from storage import answers, goals, ids, people, plans, windows
from storage.aggregates.scope import Scope
from storage.answers import Answer
from storage.database import Database
from storage.people import Person
from storage.transaction import Transaction
from tests.bot.journey.lives import NOON, PLAN, TODAY, TURN, UNDERSTOOD, plan_from
from tests.storage import examples

HOME = Conversation(Stage.HOME, has_goal=True)
DAYS = [TODAY - timedelta(days=6 - n) for n in range(7)]
TOLD = (DayState.DONE, DayState.SMALL, DayState.PARTLY, DayState.MISSED, DayState.SKIPPED)
SEVEN = (*TOLD, DayState.UNANSWERED, DayState.NOT_DUE)
COURSE = plan_from(DAYS[0])
WEEK = replace(COURSE.weeks[0], sessions=tuple(Session(on, None, None, "10 min") for on in DAYS))
WEEKS = replace(COURSE, weeks=(WEEK, *COURSE.weeks[1:]))
LIFE = Lived(
    WEEKS,
    UNDERSTOOD,
    tuple(Told(on, 0, state) for on, state in zip(DAYS, TOLD, strict=False)),
)
KNOWN = KnownGoal(1, "Run", GoalState.ACTIVE, "run", WEEKS, LIFE)


@pytest.fixture
def ada(database: Database) -> Person:
    return database.write_now(_ada)


def _ada(transaction: Transaction) -> Person:
    """Keep somebody who lived that week."""
    person = people.create(transaction, 7_000_000_001, "en", NOON)
    goal_id = ids.new()
    goals.create(transaction, person, goal_id, UNDERSTOOD, NOON)
    made = Drafted(WEEKS, PLAN.scores, "rules")
    plans.keep(transaction, person, examples.plan(goal_id), made, examples.TURN)
    for told in LIFE.told:
        answer = Answer(goal_id, told.on, told.place, told.state)
        answers.keep(transaction, person, answer, examples.TURN)
    return person


def content(effects: tuple[Any, ...]) -> Iterator[Content]:
    for effect in effects:
        if isinstance(effect, Say):
            yield from effect.content


def marked(parts: list[Content]) -> list[DayState]:
    """Read the states of the one week that is shown with its marks."""
    (view,) = [part for part in parts if isinstance(part, WeekView)]
    return [day.state for day in view.days]


def test_the_week_has_all_seven() -> None:
    assert tuple(day.state for day in LIFE.days(1, TODAY)) == SEVEN
    assert set(SEVEN) == set(DayState)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_in_words_has_seven_marks_and_seven_names(language: str) -> None:
    marks, meant = weeks.view(LIFE.days(1, TODAY), language).split("\n")

    assert len({mark.split(" ")[-1] for mark in marks.split("  ")}) == 7
    assert len(set(meant.split(" · "))) == 7


def test_stats_count_out_of_what_was_not_let_go_and_show_each_session_as_it_was() -> None:
    found = StatsFound(NOON, TURN, (KNOWN,), StarsGiven(30, {}, {}))
    effects = machine.advance(HOME, found).effects

    parts = list(content(effects))
    said = {part.key: dict(part.slots) for part in parts if isinstance(part, Text)}
    assert marked(parts) == list(SEVEN)
    assert said["stats.week"] == {"title": "Run", "done": 3, "planned": 6}
    assert said["stats.four_weeks"] == {"done": 3, "planned": 5}
    assert said["stats.unanswered"] == {"n": 1}
    assert said["stats.let_go"] == {"n": 1}
    (chart,) = [effect.chart for effect in effects if isinstance(effect, ShowChart)]
    (now,) = chart.tracks[0].weeks
    assert (now.planned, now.done, now.unanswered, now.to_come, now.let_go) == (6, 3, 1, 1, 1)


def test_a_week_that_was_let_go_is_not_one_in_which_nothing_was_planned() -> None:
    told = tuple(Told(on, 0, DayState.SKIPPED) for on in DAYS)
    known = replace(KNOWN, life=replace(LIFE, told=told))

    effects = machine.advance(
        HOME, StatsFound(NOON, TURN, (known,), StarsGiven(30, {}, {}))
    ).effects

    parts = list(content(effects))
    assert marked(parts) == [DayState.SKIPPED] * 7
    assert Text("stats.let_go_week", {"title": "Run"}) in parts


def test_the_picture_has_a_shape_for_each() -> None:
    def drawn(state: DayState) -> bytes:
        paper = sheet.Sheet(60)
        picture.MARKS[state](paper, (30, 30))
        return paper.png()

    assert len({drawn(state) for state in SEVEN}) == 7


def test_a_review_counts_out_of_what_was_not_let_go_and_shows_each_session_as_it_was() -> None:
    made = review.look_back(Course(WEEKS, UNDERSTOOD, (LIFE.kept_week(1, TODAY),)), Progress())
    effects = machine.advance(HOME, Reviewed(NOON, TURN, KNOWN, 1, made)).effects

    assert (made.done, made.small, made.planned, made.spare) == (3, 1, 5, 0)
    assert marked(list(content(effects))) == list(SEVEN)


def test_what_a_reply_may_say_is_counted_out_of_what_was_not_let_go() -> None:
    found = doing.progress(LIFE, Progress(), TODAY)

    assert (found.done, found.planned) == (3, 6)
    assert (found.done_4_weeks, found.planned_4_weeks) == (3, 5)
    assert lived.so_far(LIFE, TODAY) == (3, 5)


def test_a_weekday_is_not_worse_for_what_was_let_go_on_it() -> None:
    kept = [lived.Day(DAYS[0] + timedelta(weeks=n), DayState.DONE) for n in range(4)]
    let_go = [lived.Day(DAYS[0] + timedelta(weeks=4), DayState.SKIPPED)]
    other = [lived.Day(DAYS[1] + timedelta(weeks=n), DayState.DONE) for n in range(7)]
    other += [lived.Day(DAYS[1] + timedelta(weeks=7), DayState.MISSED)]

    assert lived.best_day(kept + let_go + other) == DAYS[0].weekday()


def test_an_export_names_all_seven(database: Database, ada: Person) -> None:
    written = database.read_now(lambda t: takeaway.documents(t, ada, NOON))[0].content

    days = [one for one in json.loads(written)["days"] if one["on_date"] <= TODAY.isoformat()]
    assert [one["on_date"] for one in days] == [on.isoformat() for on in DAYS]
    assert [one["state"] for one in days] == list(SEVEN)


def test_a_report_counts_each_of_the_five_that_are_told(database: Database, ada: Person) -> None:
    window = windows.last(30, examples.TURN.at)
    found = database.read_now(lambda t: summary.take(t, Scope(window, ada)))

    assert found.outcomes == dict.fromkeys(TOLD, 1)
    assert [row[:2] for row in outcomes.sheet(found).rows] == [(state, "1") for state in TOLD]


def test_a_calendar_says_of_each_session_what_became_of_it(database: Database, ada: Person) -> None:
    written = database.read_now(lambda t: takeaway.documents(t, ada, NOON))[1].content

    events = cast(Any, vobject).readOne(written.decode()).vevent_list
    sessions = {event.uid.value.partition(".")[2]: event for event in events}
    said = [
        getattr(getattr(sessions[f"w1.{place}@rein"], "description", None), "value", "")
        for place in range(7)
    ]
    names = [f"{weeks.MARKS[state]} {weeks.name(state, 'en')}" for state in SEVEN[:-1]]
    assert said == [*names, ""]
