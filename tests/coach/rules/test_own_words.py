from datetime import UTC, date, datetime

import pytest

from coach.rules import resolution, splices, understanding
from coach.values import GoalType, Resolution, Slot

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def resolved(text: str) -> Resolution:
    return resolution.build(understanding.read(text, NOW).understanding, NOW.date())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("learn to juggle 3 balls", "practise juggling balls for 15 minutes"),
        ("learn to whistle with my fingers", "practise whistling with my fingers"),
        ("learn to play chess", "practise playing chess"),
        ("grow my own tomatoes next spring", "work towards growing my own tomatoes"),
    ],
)
def test_what_has_no_activity_of_its_own_is_practised_in_the_persons_words(text: str, line: str):
    assert line in resolved(text).line


@pytest.mark.parametrize(
    ("phrase", "going_on"),
    [
        ("juggle balls", "juggling balls"),
        ("swim", "swimming"),
        ("tie knots", "tying knots"),
        ("solve a cube", "solving a cube"),
        ("see friends", "seeing friends"),
        ("become a dragon", "becoming a dragon"),
        ("write a song", "writing a song"),
        ("raise goats", "raising goats"),
        ("begin a novel", "beginning a novel"),
        ("be brave", "being brave"),
        ("play chess", "playing chess"),
    ],
)
def test_a_verb_goes_on_as_it_is_spelled(phrase: str, going_on: str):
    assert splices.of("en").ongoing(phrase) == going_on


def test_eating_breakfast_does_not_wait_for_breakfast():
    assert resolved("eat breakfast every day").cue == "it's the time I set for it"


def test_a_sum_cut_out_of_a_clause_leaves_no_hole():
    u = understanding.read("pay back my brother the 300 i owe him by february", NOW).understanding

    assert u.behaviour == "pay back my brother what I owe him"


def test_a_number_without_a_place_keeps_the_words_around_it():
    made = resolved("play chess online 20 min a day and get to 1500 elo (1,200 now)")

    assert made.also == ("1,500 elo", "1,200 now")


def test_how_often_is_the_one_of_the_wish_and_not_of_the_story_before_it():
    made = resolved(
        "i've been ordering takeaway five nights a week because i'm exhausted these days, my sister"
        " says i should learn meal prep but honestly i just want to cook dinner at home three"
        " nights a week"
    )

    assert made.line == "I will cook dinner at home, 3 times a week."


def test_being_off_something_for_a_month_begins_with_that_month():
    u = understanding.read("off sugar for January", NOW).understanding

    assert (u.goal_type, u.start) == (GoalType.QUIT, date(2027, 1, 1))
    assert resolved("off sugar for January").line.startswith("I will stay off sugar")


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("I wanna save 2000 euros till summer", "en", "Save 2000 euros"),
        ("save 2000 euros by the end of summer", "en", "Save 2000 euros"),
        ("finish my novel by the end of summer", "en", "Finish my novel"),
        ("ahorrar 2000 euros para el verano", "es", "Ahorrar 2000 euros"),
        ("ahorrar 2000 euros para finales del verano", "es", "Ahorrar 2000 euros"),
    ],
)
def test_a_season_that_is_no_date_yet_is_asked_for_and_not_in_the_title(
    text: str, language: str, title: str
):
    reading = understanding.read(text, NOW, language)

    assert resolution.build(reading.understanding, NOW.date()).title == title
    assert Slot.DEADLINE in [one.slot for one in reading.questions]
