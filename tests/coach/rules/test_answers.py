"""Answers to questions, typed and tapped, and changes of a resolution."""

from datetime import date, time

import pytest

from coach.rules import answers, questions, understanding
from coach.values import FoundDate, GoalUnderstanding, Mode, Quantity, Slot
from tests.coach.rules.cases import GOALS, NOW

TYPED = {
    "amount": ("meditate", Slot.AMOUNT, "10 minutes", "amount", Quantity(10, "min")),
    "bare amount": ("meditate", Slot.AMOUNT, "5", "amount", Quantity(5, "min")),
    "times": ("meditate", Slot.FREQUENCY, "four", "per_week", 4.0),
    "km now": (
        "run a 10k by April",
        Slot.BASELINE,
        "I can run 3 km",
        "baseline",
        Quantity(3, "km"),
    ),
    "zero": ("run a 10k by April", Slot.BASELINE, "nothing yet", "baseline", Quantity(0, "km")),
    "money": ("save €3000 by June", Slot.BASELINE, "500", "baseline", Quantity(500, "EUR")),
    "hours": ("declutter the garage", Slot.HOURS, "half an hour a day", "hours_per_week", 3.5),
    "a session": (
        "learn Spanish",
        Slot.HOURS,
        "20 minutes after dinner",
        "amount",
        Quantity(20, "min"),
    ),
    "a week": ("learn Spanish", Slot.HOURS, "90 min a week after dinner", "hours_per_week", 1.5),
    "steps": ("quit smoking", Slot.MODE, "slowly", "mode", Mode.STEPS),
    "stop": ("quit smoking", Slot.MODE, "cold turkey", "mode", Mode.STOP),
    "trigger": ("quit smoking", Slot.TRIGGERS, "after meals", "triggers", "after meals"),
    "days": ("run", Slot.DAYS, "Tue Thu 5:45", "days", (1, 3)),
    "day time": ("run", Slot.DAYS, "Tue Thu 5:45", "at", time(5, 45)),
    "window": ("run", Slot.DAYS, "only on sundays between 2 and 4 pm", "at", time(14)),
    "any day": ("run", Slot.DAYS, "any day", "per_week", 7.0),
    "cue": ("run", Slot.TIME, "after work", "cue", "after work"),
    "cue time": ("run", Slot.TIME, "after work", "at", time(18)),
    "hour": ("run", Slot.TIME, "7", "at", time(7)),
    "part": ("run", Slot.TIME, "evening", "at", time(19)),
    "bed": ("go to bed earlier", Slot.AMOUNT, "11pm", "amount", Quantity(23, "clock")),
    "obstacle": ("run", Slot.OBSTACLE, "my knee hurts", "obstacle", "my knee hurts"),
    "no obstacle": ("run", Slot.OBSTACLE, "Nothing I can think of.", "obstacle", None),
    "an obstacle with no": ("run", Slot.OBSTACLE, "no time", "obstacle", "no time"),
    "minimum": ("run", Slot.MINIMUM, "5 minutes", "minimum", "5 minutes"),
    "wording": ("run", Slot.WORDING, "I will run with Anna", "wording", "I will run with Anna"),
    "meaning": ("be healthier", Slot.MEANING, "I would run more", "activity", "running"),
}
CHANGES = {
    "make it 4 times": ("per_week", 4.0),
    "not mondays pls": ("days", (1, 3, 5)),
    "Tue and Fri": ("days", (1, 4)),
    "30 minutes": ("amount", Quantity(30, "min")),
    "at 6am": ("at", time(6)),
    "after lunch": ("cue", "after lunch"),
    "by April": ("deadline", FoundDate("by April", date(2027, 4, 1), date(2027, 4, 30))),
    "easier": ("load", 0.7),
    "minimum 2 minutes": ("minimum", "2 minutes"),
    "So I can keep up with Anna": ("why", "so I can keep up with Anna"),
    "I will run with Anna in the park": ("wording", "I will run with Anna in the park"),
}


def _known(text: str) -> GoalUnderstanding:
    return understanding.read(text, NOW).understanding


@pytest.mark.parametrize(("goal", "slot", "said", "name", "value"), TYPED.values(), ids=TYPED)
def test_a_typed_answer_fills_its_slot(goal: str, slot: Slot, said: str, name: str, value: object):
    filled, understood = answers.fill(_known(goal), slot, said, NOW, option=False)

    assert understood
    assert getattr(filled, name) == value
    assert slot in filled.asked


def test_nothing_in_spanish_is_no_obstacle_either():
    u = understanding.read("correr 3 veces por semana", NOW, "es").understanding

    filled, understood = answers.fill(u, Slot.OBSTACLE, "nada en especial", NOW, option=False)

    assert (filled.obstacle, understood) == (None, True)


def test_an_answer_fills_what_else_it_says():
    u, _ = answers.fill(_known("meditate"), Slot.AMOUNT, "10 min on Mon and Thu", NOW, option=False)

    assert (u.amount, u.days, questions.remaining(u, NOW)) == (Quantity(10, "min"), (0, 3), ())


def test_a_reason_given_instead_of_a_date_is_kept_as_the_reason():
    said = "So I can cross the lake with my sister next summer."
    u, understood = answers.fill(_known("swim 2 km"), Slot.DEADLINE, said, NOW, option=False)

    assert understood
    assert (u.why, u.deadline) == (said[0].lower() + said[1:-1], None)
    assert Slot.WHY not in [question.slot for question in questions.remaining(u, NOW)]


def test_a_reason_that_is_known_stays_when_another_is_given_instead_of_a_date():
    knows, _ = answers.fill(_known("swim 2 km"), Slot.WHY, "my heart", NOW, option=False)
    u, understood = answers.fill(knows, Slot.DEADLINE, "so I can breathe", NOW, option=False)

    assert (understood, u.why, u.notes) == (False, "my heart", ("so I can breathe",))


def test_an_answer_nobody_can_read_is_kept_as_a_note():
    u, understood = answers.fill(_known("run"), Slot.DAYS, "blue", NOW, option=False)

    assert (understood, u.notes, u.asked) == (False, ("blue",), (Slot.DAYS,))


@pytest.mark.parametrize("said", ["12 May", "the first one"])
def test_an_ambiguous_date_is_settled_by_the_answer(said: str):
    asked = _known("get a B2 certificate, exam is on 12/05/2027")
    u, understood = answers.fill(asked, Slot.DATE_ORDER, said, NOW, option=False)

    assert understood
    assert u.deadline == FoundDate("12/05/2027", date(2027, 5, 12), date(2027, 5, 12))


@pytest.mark.parametrize("code", ["you_choose", "skip"])
def test_a_slot_left_to_us_is_not_asked_again(code: str):
    u, understood = answers.fill(_known("meditate"), Slot.AMOUNT, code, NOW, option=True)

    assert understood
    assert u.chosen_for_me == (Slot.AMOUNT,)
    assert Slot.AMOUNT not in [one.slot for one in questions.remaining(u, NOW)]


def test_an_unsure_answer_leaves_the_slot_to_us():
    u, _ = answers.fill(_known("meditate"), Slot.AMOUNT, "not sure", NOW, option=False)

    assert u.chosen_for_me == (Slot.AMOUNT,)


def test_a_code_nobody_offered_changes_nothing():
    u, understood = answers.fill(_known("meditate"), Slot.FREQUENCY, "99", NOW, option=True)

    assert (understood, u.per_week) == (False, None)


@pytest.mark.parametrize("case", GOALS, ids=lambda case: case["id"])
def test_every_offered_answer_is_understood_and_fits_its_button(case: dict[str, str]):
    reading = understanding.read(case["text"], NOW)
    for question in reading.questions:
        assert question.text
        for option in question.options:
            u = reading.understanding
            filled, understood = answers.fill(u, question.slot, option.code, NOW, option=True)
            left = [one.slot for one in questions.remaining(filled, NOW)]
            assert understood
            assert len(option.label) <= 24
            assert option.code.isascii()
            assert question.slot not in left


def test_never_more_than_three_questions_however_they_are_answered():
    u, asked = _known("be healthier"), 0
    while open_ := questions.remaining(u, NOW):
        u, _ = answers.fill(u, open_[0].slot, "hmm, blue", NOW, option=False)
        asked += 1

    assert asked <= 3


@pytest.mark.parametrize(("said", "change"), CHANGES.items(), ids=CHANGES)
def test_a_change_in_words_is_taken_over(said: str, change: tuple[str, object]):
    before = _known("I want to run 3 times a week, 20 minutes each, before work")
    after, understood = answers.revise(before, said, NOW)

    assert understood
    assert getattr(after, change[0]) == change[1]


def test_a_change_of_the_amount_drops_the_old_number():
    before = _known("I want to run 3 times a week, 20 minutes each")
    after, _ = answers.revise(before, "30 minutes", NOW)

    assert Quantity(20, "min") not in after.numbers
    assert Quantity(3, "times/week") in after.numbers


def test_a_grunt_changes_nothing():
    before = _known("run 3 times a week")

    assert answers.revise(before, "hm", NOW) == (before, False)


def test_a_question_about_the_card_is_not_taken_as_its_wording():
    known = GoalUnderstanding("run 3 times a week", behaviour="run", per_week=3)

    assert answers.revise(known, "what is this thing?", NOW) == (known, False)
