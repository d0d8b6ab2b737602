"""A daily habit is asked about less often as it holds, and then about the days between as well."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot import callback_data
from bot.callback_data import About
from bot.check_ins.kinds import Kind
from bot.journey import machine
from bot.journey.asks import AskDays
from bot.journey.content import Content, Text
from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Button, Nudge, Redraw, Rows, Say
from bot.journey.events import Due, Occasion, OccasionTapped
from bot.journey.found import DaysFound, DueFound, GoalState, KnownGoal, Nudged
from bot.journey.keeps import KeepAnswer
from bot.journey.stages import day_card
from bot.journey.stages.day_card import Days
from coach.lived import Lived, Told
from coach.values import Plan, Session
from coach.weeks import DayState
from tests.bot.journey.lives import NOON, PLAN, TURN, UNDERSTOOD

AT_HOME = Conversation(Stage.HOME, zone="UTC", has_goal=True)
MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
WEEKS = 9


def daily(weeks: int = WEEKS) -> Plan:
    """Ten minutes on every day."""
    made = [
        replace(
            PLAN.work.weeks[0],
            number=n + 1,
            start=start,
            sessions=tuple(Session(start + d * DAY, None, None, "10 min") for d in range(7)),
        )
        for n in range(weeks)
        for start in [MONDAY + 7 * n * DAY]
    ]
    return replace(PLAN.work, weeks=tuple(made))


def habit(*told: Told) -> KnownGoal:
    life = Lived(daily(), UNDERSTOOD, told)
    return KnownGoal(1, "Stretch", GoalState.ACTIVE, "stretch", life.plan, life)


def done_before(on: date, *but: date) -> tuple[Told, ...]:
    days = (MONDAY + n * DAY for n in range((on - MONDAY).days))
    return tuple(Told(day, 0, DayState.DONE) for day in days if day not in but)


def asked(*on: date, answered: bool = True) -> tuple[Nudged, ...]:
    return tuple(Nudged(Kind.SESSION, "session.1", day, True, answered) for day in on)


def look(
    known: KnownGoal, nudges: tuple[Nudged, ...], today: date, kind: Kind = Kind.SESSION
) -> tuple[object, ...]:
    at = datetime.combine(today, time(8 if kind is Kind.MORNING else 19, 30), NOON.tzinfo)
    found = DueFound(at, TURN, Due(at, TURN, kind, at), (known,), 0, nudges)
    return machine.advance(AT_HOME, found).effects


def buttons(rows: Rows) -> Iterator[Button]:
    return (button for row in rows for button in row)


def days_of(effects: tuple[object, ...]) -> list[date]:
    """List the days that a card has buttons for, each once."""
    said = next((one for one in effects if isinstance(one, Say)), None)
    abouts = [one.about for one in buttons(said.buttons)] if said else []
    return list(dict.fromkeys(one.on for one in abouts if isinstance(one, Occasion)))


def tap(known: KnownGoal, button: Button, today: date) -> tuple[object, ...]:
    """Press a button of a card, with what the store knows by then."""
    assert isinstance(button.about, Occasion)
    at = datetime.combine(today, time(20), NOON.tzinfo)
    tapped = OccasionTapped(at, TURN, "ci", button.about, button.argument, 9, "label", "shown")
    step = machine.advance(AT_HOME, tapped)
    assert step.effects == (AskDays("ci", tapped),)
    return machine.advance(AT_HOME, DaysFound(at, TURN, (known,), "ci", tapped)).effects


def test_the_buttons_of_four_days_fit_on_telegrams_buttons():
    days = Days(MONDAY + 14 * DAY, MONDAY + 17 * DAY, MONDAY + 17 * DAY)
    known = replace(habit(), number=2**63 - 1)
    _, rows = day_card.lay_out((known,), days)

    offered = list(buttons(rows))
    assert len(offered) == 8
    for one in offered:
        assert isinstance(one.about, Occasion)
        written = callback_data.encode(About("ci", one.about, one.argument))
        assert len(written) <= callback_data.LONGEST
        read = day_card.read(one.argument, one.about.on, days.today)
        assert read is not None
        assert read.days == days


@pytest.mark.parametrize("argument", ["", "d", "q0", "d0x", "d07", "d077", "d0123", "forged"])
def test_forged_buttons_say_nothing(argument: str):
    assert day_card.read(argument, MONDAY, MONDAY) is None


def keys(content: tuple[Content, ...]) -> list[str]:
    return [part.key for part in content if isinstance(part, Text)]


@pytest.mark.parametrize("kind", [Kind.SESSION, Kind.MORNING])
def test_every_day_of_a_habit_is_asked_about_once_in_fewer_and_fewer_messages(kind: Kind):
    known, nudges = habit(), tuple[Nudged, ...]()
    seen, messages = list[date](), dict[int, int]()
    for n in range(7 * WEEKS):
        today = MONDAY + n * DAY
        effects = look(known, nudges, today, kind)
        if not any(isinstance(one, Nudge) and one.kind is Kind.SESSION for one in effects):
            continue  # the day of the review asks by itself
        nudges = (*nudges, *asked(today))
        messages[n // 7 + 1] = messages.get(n // 7 + 1, 0) + 1
        seen += days_of(effects)
        assert known.life is not None
        told = tuple(Told(day, 0, DayState.DONE) for day in seen)
        known = replace(known, life=replace(known.life, told=told))

    assert len(seen) == len(set(seen))
    assert messages[1] >= 5
    assert max(messages[n] for n in range(3, 7)) <= 4
    assert max(messages[n] for n in range(7, WEEKS + 1)) <= 3
    first, last = (kind is Kind.SESSION) * DAY + MONDAY, seen[-1]
    missing = {first + n * DAY for n in range((last - first).days)} - set(seen)
    of_the_review = MONDAY + (6 if kind is Kind.SESSION else 5) * DAY  # nothing faded yet
    assert missing == {of_the_review}


def test_every_second_day_asks_for_both_days_and_says_which_is_which():
    today = MONDAY + 15 * DAY
    known = habit(*done_before(today - DAY))
    effects = look(known, asked(today - 2 * DAY), today)

    (said,) = (one for one in effects if isinstance(one, Say))
    assert days_of(effects) == [today - DAY, today]
    lines = [part.slots["session"] for part in said.content[1:] if isinstance(part, Text)]
    assert [line.key for line in lines if isinstance(line, Text)] == [
        "check_in.on.yesterday", "check_in.on.today",
    ]  # fmt: skip
    assert sum(isinstance(one, Nudge) for one in effects) == 1


@pytest.mark.parametrize(
    ("ago", "told", "days"),
    [
        pytest.param(2, (), [-1, 0], id="both are open"),
        pytest.param(2, (-1,), [0], id="yesterday was told"),
        pytest.param(2, (0,), [-1], id="today was told"),
        pytest.param(2, (-1, 0), [], id="both were told"),
        pytest.param(1, (), [], id="asked yesterday"),
        pytest.param(3, (), [-2, -1, 0], id="the question between was not sent"),
    ],
)
def test_only_what_is_open_is_asked_about(ago: int, told: tuple[int, ...], days: list[int]):
    today = MONDAY + 17 * DAY
    open_ = [today + n * DAY for n in (-2, -1, 0) if n not in told]
    known = habit(*done_before(today + DAY, *open_))

    effects = look(known, asked(today - ago * DAY), today)

    assert days_of(effects) == [today + n * DAY for n in days]


def test_somebody_silent_is_asked_about_one_day():
    today = MONDAY + 18 * DAY
    silent = asked(today - 4 * DAY, today - 2 * DAY, answered=False)

    assert days_of(look(habit(*done_before(today - 5 * DAY)), silent, today)) == [today]


@pytest.mark.parametrize(("code", "state"), [("d", DayState.DONE), ("m", DayState.MISSED)])
def test_a_tap_for_one_day_leaves_the_other_open_in_the_same_message(code: str, state: DayState):
    today = MONDAY + 15 * DAY
    known = habit(*done_before(today - DAY))
    (said,) = (e for e in look(known, asked(today - 2 * DAY), today) if isinstance(e, Say))
    yesterdays = next(one for one in buttons(said.buttons) if one.argument.startswith(code))

    effects = tap(known, yesterdays, today)

    (kept,) = (one for one in effects if isinstance(one, KeepAnswer))
    assert (kept.told.on, kept.told.state) == (today - DAY, state)
    (drawn,) = (one for one in effects if isinstance(one, Redraw))
    assert keys(drawn.content)[1:] == [f"check_in.line.{state}", "check_in.line"]
    assert [one.argument[0] for one in buttons(drawn.buttons)] == ["c", "d", "m", "c"]


def test_each_day_of_a_card_takes_each_of_the_answers():
    today = MONDAY + 15 * DAY
    known = habit(*done_before(today - DAY))
    (said,) = (e for e in look(known, asked(today - 2 * DAY), today) if isinstance(e, Say))
    others = [one for one in buttons(said.buttons) if one.argument.startswith("c")]

    for other, on in zip(others, (today - DAY, today), strict=True):
        (drawn,) = tap(known, other, today)
        assert isinstance(drawn, Redraw)
        offered = {one.argument[0]: one for one in buttons(drawn.buttons)}
        assert set(offered) == set("dpsmxa")
        for code, state in (("p", "partly"), ("s", "small"), ("x", "skipped")):
            (kept,) = (e for e in tap(known, offered[code], today) if isinstance(e, KeepAnswer))
            assert (kept.told.on, kept.told.state) == (on, state)
        (back,) = tap(known, offered["a"], today)
        assert isinstance(back, Redraw)
        assert back.buttons == said.buttons
