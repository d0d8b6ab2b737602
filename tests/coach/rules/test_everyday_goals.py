from datetime import date, time

import pytest

from coach import cards
from coach.coach import Coach
from coach.road import EndToEnd
from coach.rules import dates, understanding
from coach.values import Slot
from tests.coach.rules.cases import NOW, TODAY

# What somebody types, and the first line they are shown.
LINES = {
    "sleep 8 hours a night": "I will sleep for 8 hours a night.",
    "get 8 hours of sleep": "I will get 8 hours of sleep every day.",
    "get 30 minutes of exercise every day": "I will get 30 minutes of exercise every day.",
    "read 24 books by next December": "I will read 25 pages, 5 times a week.",
    "save 100 a month": "I will save 100 a month.",
    "put 200 aside every month": "I will put 200 a month aside.",
    "limit spending to 50 a week": "I will spend at most 50 a week.",
    "limit spending on coffee to 20 a week": "I will spend at most 20 a week on coffee.",
    "get out of debt": "I will pay a fixed sum above the minimum towards the debt every payday.",
    "become debt free": "I will pay a fixed sum above the minimum towards the debt every payday.",
    "read with him every night": "I will read 10 pages with him every night.",
    "read to my son every night": "I will read 10 pages to my son every night.",
    "take a 10 minute walk every day": "I will take a walk for 10 minutes every day.",
    "take a 20 minute evening stroll every day": (
        "I will take an evening stroll for 20 minutes every day."
    ),
    "cold call 20 leads a week": "I will cold call 20 leads a week, in 3 sessions.",
    "pass the IELTS exam in May, need 7.5": (
        "I will study for the IELTS for 30 minutes, 4 times a week."
    ),
    "spend an hour outside every day": "I will spend 1 hour outside every day.",
    "read for half an hour every day": "I will read for 30 minutes every day.",
    "water my plants every Sunday": "I will water my plants every Sunday.",
    "eat out only once a week": "I will eat out only once a week.",
    "leave work by 6 every day": "I will leave work every day, at 18:00.",
    "spend less than 200 a month on clothes": "I will spend at most 200 a month on clothes.",
    "save 20% of my salary": "I will put 20 % of my income aside every payday.",
    "have a 15 minute break every afternoon": "I will have a break for 15 minutes every afternoon.",
    "go for a 5k run every Saturday": "I will go for a run of 5 km every Saturday.",
    "swim 1 km twice a week": "I will swim 1 km, 2 times a week.",
    "pay 150 a month towards my loan": "I will pay 150 a month towards my loan.",
    "write 3 thank-you notes a week": "I will write 3 thank-you notes a week, in 3 sessions.",
    "put away 10 euros every week": "I will put €10 a week away.",
    "go running three mornings a week": (
        "I will go running for 15 minutes, 3 times a week, in the morning."
    ),
    "go to church every Sunday": "I will go to church every Sunday.",
    "stretch every morning": "I will stretch for 8 minutes every morning.",
    "plan my week every Sunday evening": "I will plan my week every Sunday, in the evening.",
    "gonna swim 40 lengths twice a week, tues and fri mornings": (
        "I will swim 40 laps, 2 times a week (Tuesday and Friday), in the morning."
    ),
    "do 3 sets of 12 squats on tue thu sun": (
        "I will do 3 sets of 12 squats, 3 times a week (Tuesday, Thursday and Sunday)."
    ),
    "phone my gran once a fortnight": "I will phone my gran every two weeks.",
    "stop ordering takeaways so often, only once a week": (
        "I will order takeaways only once a week."
    ),
    "read the news only once a day": "I will read the news only once a day.",
    "drink a glass of water when I wake up": (
        "I will drink 1 glass of water every day, when I wake up."
    ),
    "dance class on wednesdays": "I will go to dance class for 30 minutes every Wednesday.",
    "bike to work 3 days out of 5": "I will bike to work for 20 minutes, 3 times a week.",
    "do yoga for 10 minutes every day except sundays": (
        "I will do yoga for 10 minutes, 6 times a week "
        "(Monday, Tuesday, Wednesday, Thursday, Friday and Saturday)."
    ),
    "prepare a presentation for the board on Wednesday 9 December": (
        "I will prepare a presentation for the board by Wednesday 9 December 2026: "
        "45 minutes, 3 times a week."
    ),
    "finish my master's thesis: first draft by 15 February, submit on 30 April. 40 pages to go": (
        "I will finish my master's thesis by Monday 15 February 2027 (first draft) and "
        "Friday 30 April 2027 (submit): 1 page, 4 times a week."
    ),
}


def _made(text: str) -> EndToEnd:
    return Coach().end_to_end(text, NOW)


@pytest.mark.parametrize("text", LINES)
def test_an_everyday_goal_becomes_a_sentence_somebody_would_say(text: str):
    made = _made(text).resolution

    assert made is not None
    assert made.line == LINES[text]


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        ("read 24 books by next December", ["Read 24 books", "2 books a month"], ["5 books"]),
        ("pass the IELTS exam in May, need 7.5", ["IELTS exam with 7.5"], ["need", "0.3"]),
        ("sleep 8 hours a night", ["8 hours"], ["earlier than now", "21:30, "]),
        ("take a 10 minute walk every day", ["Take a walk"], ["Also noted"]),
        ("stop drinking coffee after 2pm", ["coffee after 2pm"], ["alcohol", "14:00"]),
        ("help my daughter with homework every evening", ["with them"], ["the notes"]),
        ("pack my lunch on weekdays", ["pack my lunch"], ["vegetables", "18:30"]),
        ("clean the kitchen every night", ["clean the kitchen"], ["drawer"]),
        ("pay off my 2000 credit card", ["towards my credit card"], ["2,000 credits"]),
        ("take a 20 minute evening stroll every day", ["19:00  take"], ["lunch"]),
        ("read 3 books a month", ["🎯 Read 3 books", "read 35 pages"], ["10 books"]),
        ("wake up early every morning", ["wake up 15 minutes earlier"], ["up early 15"]),
        ("lose 10 pounds by my wedding in July", ["wedding (Saturday 31"], ["by Saturday"]),
        ("spend less than 200 a month on clothes", ["that month"], ["that day"]),
        ("do the laundry every Saturday", ["do the laundry"], ["surface"]),
        ("pay my bills on time", ["pay my bills"], ["jacket", "I was there"]),
        ("call 5 customers a day", ["calls are made"], ["clients done"]),
        ("stretch every morning", ["07:30  stretch"], ["at 07:30"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_cards_of_an_everyday_goal_hold_what_matters_and_nothing_odd(
    text: str, said: list[str], unsaid: list[str]
):
    whole = str(_made(text))

    assert [part for part in said if part not in whole] == []
    assert [part for part in unsaid if part in whole] == []


def test_books_over_a_year_have_figures_on_the_way():
    plan = _made("read 24 books by next December").plan

    assert plan is not None
    assert [week.milestone for week in plan.weeks if week.milestone] == [
        "about 2 books in total",
        "about 4 books in total",
        "about 6 books in total",
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("stretch every morning", time(7, 30)),
        ("walk every lunchtime", time(12, 30)),
        ("nap every afternoon", time(15)),
        ("journal every evening", time(19)),
        ("floss every night", time(21, 30)),
        ("sleep 8 hours a night", time(21, 30)),
        ("stretch every morning at 6:15", time(6, 15)),
        ("wake up early every morning", None),
        ("stretch every day", None),
    ],
)
def test_a_named_part_of_the_day_is_a_time_that_nobody_has_to_be_asked_for(
    text: str, at: time | None
):
    assert understanding.read(text, NOW).understanding.at == at


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("save more money", Slot.FREQUENCY),
        ("save more money", Slot.AMOUNT),
        ("get 8 hours of sleep", Slot.FREQUENCY),
        ("talk to my boss about a raise", Slot.FREQUENCY),
        ("talk to my sister every week", Slot.AMOUNT),
        ("cook dinner 4 times a week", Slot.AMOUNT),
    ],
)
def test_nothing_is_asked_that_makes_no_sense_for_the_goal(text: str, slot: Slot):
    assert slot not in [one.slot for one in understanding.read(text, NOW).questions]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("by next December", date(2027, 12, 1)),
        ("by December", date(2026, 12, 1)),
        ("by next March", date(2027, 3, 1)),
    ],
)
def test_next_december_said_in_november_is_the_one_after_this(text: str, first: date):
    assert dates.find(text, TODAY)[0].found.first == first


def test_no_card_of_an_everyday_goal_is_too_long():
    for text in LINES:
        made = _made(text)
        assert made.resolution
        assert made.plan
        assert len(cards.plain(cards.resolution(made.resolution))) <= cards.MOST_RESOLUTION
        assert len(cards.plain(cards.plan(made.plan))) <= cards.MOST_PLAN
