from dataclasses import replace

import pytest

from coach import cards
from coach.cards import Run, Style
from coach.rules import plan, resolution
from coach.values import Plan
from tests.coach import goals
from tests.coach.goals import TODAY

MADE = resolution.build(replace(goals.RUN, obstacle="ti"), TODAY)


def plan_of(name: str) -> Plan:
    goal = goals.ALL[name]
    return plan.build(goal, resolution.build(goal, TODAY), TODAY)


def test_the_resolution_card_has_every_line_once():
    assert cards.plain(cards.resolution(MADE)).splitlines() == [
        "🎯 Run before work",
        "I will run for 20 minutes, 3 times a week, before work.",
        "Counts as done: 20 minutes in running shoes, any pace, walking breaks allowed",
        "If I'm up and dressed before work, then I put my running shoes on.",
        "On a hard day: walk or jog for 5 minutes",
        "If I feel too tired, then I start with 2 minutes and may stop after that.",
        "First step (by Wed 25 Nov): put my running shoes and clothes by the door",
        "My suggestions: the hard-day version; no end date, we look again after 8 weeks",
    ]


def test_the_plan_card_has_the_days_of_this_week_and_one_figure_for_each_later_one():
    assert cards.plain(cards.plan(plan_of("novel"))).splitlines() == [
        "Week 1 of 12 (24–30 Nov; 22 weeks to the date): get into it",
        "• Tue, Thu, Sat 07:00  650 words of the first draft of my novel",
        "• Mon 07:00  600 words of the first draft of my novel",
        "Hard day: write 50 words or for 5 minutes   ·   Spare day: 1",
        "If my coffee is poured, then I open the draft and write one bad sentence.",
        "First step (by Wed 25 Nov): open the file, write the next three headings"
        " and the first sentence under one of them",
        "Next weeks: 2,550 words each",
        "On the way: week 4: about 42,200 words in total · week 8: about 52,400 words in total"
        " · week 12: about 62,600 words in total",
        "Buffer: 3 weeks before Saturday 1 May 2027 · Check: every Sunday",
    ]


def test_the_title_is_bold_and_the_suggestions_are_italic():
    card = cards.resolution(MADE)

    assert Run("Run before work", Style.BOLD) in card[0]
    assert card[-1][0].style is Style.ITALIC


def test_the_persons_words_are_text_and_never_markup():
    wild = replace(MADE, title="<b>&{x}*_")

    assert Run("<b>&{x}*_", Style.BOLD) in cards.resolution(wild)[0]


def test_seven_equal_days_take_one_line():
    lines = cards.plain(cards.plan(plan_of("read"))).splitlines()

    assert [line for line in lines if line.startswith("•")] == ["• Every day 21:30  read 10 pages"]


@pytest.mark.parametrize("length", [300, 2000])
def test_a_card_that_grew_too_long_is_cut_to_its_limit(length: int):
    long = replace(MADE, line="word " * length, note="note " * length)

    card = cards.plain(cards.resolution(long))
    assert len(card) <= cards.MOST_RESOLUTION
    assert "🎯 Run before work" in card
