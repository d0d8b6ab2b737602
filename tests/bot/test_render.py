"""Only our own file makes markup: what anybody said is shown as they said it."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.journey.content import Content, PlanCard, ResolutionCard, Text, Words
from bot.outgoing import plain
from bot.texts.render import Rendering
from coach.values import Plan, Resolution, Session, Week

HERE = Rendering("en", 1, {}, "")
OURS = re.compile("</?[bi]>|&(amp|lt|gt|quot|#x27);")
DAY = date(2026, 11, 24)
wild = st.text(st.sampled_from("<>&\"'/abi; =#") | st.characters(codec="utf-8"))


def resolution(said: str) -> ResolutionCard:
    return ResolutionCard(Resolution(said, said, said, said, said, said, said, DAY, said))


def plan(said: str) -> PlanCard:
    week = Week(1, DAY, said, None, said, (Session(DAY, None, None, said),), milestone=said)
    return PlanCard(Plan((week,), said, said, said, said, DAY, 6, notes=(said,)))


def text(said: str) -> Text:
    return Text("nudge.zone", {"time": said})


@pytest.mark.parametrize("made", [Words, text, resolution, plan])
@settings(deadline=None)  # the first card loads its words
@given(wild)
def test_no_words_of_anybody_become_markup(made: type[Content], said: str):
    html = HERE.html([made(said)])  # pyright: ignore[reportCallIssue, reportArgumentType] - of one text

    bare = OURS.sub("", html)
    assert not set("<>&") & set(bare)


@given(wild)
def test_what_somebody_said_is_read_as_they_said_it(said: str):
    assert plain(HERE.html([Words(said)])) == said
