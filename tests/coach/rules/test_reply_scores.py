"""How replies score by the formulas, and what raises and lowers a score."""

from dataclasses import replace

import pytest

from coach.rules import replies, reply_scores, scores
from coach.rules.reply_scores import Exchange
from coach.values import Reply
from tests.coach.rules.test_intents import MESSAGES
from tests.coach.rules.test_replies import FULL, NOW, PROGRESS


@pytest.mark.parametrize("language", ["en", "es"])
def test_replies_score_well_by_the_formulas(language: str):
    rows = [row for row in MESSAGES if row["language"] == language]
    progress = replace(FULL, language=language)
    means: dict[str, list[float]] = {}
    for row in rows:
        said = replies.reply(row["text"], progress, NOW, "a")
        scored = scores.reply(Exchange(said, row["text"], progress), language)
        for name, value in scored.values.items():
            means.setdefault(name, []).append(value)

    least = {"relevance": 8.0, "personalization": 5.5, "motivation": 8.0}
    assert {name for name, found in means.items() if sum(found) / len(found) < least[name]} == set()


def exchange(text: str, recent: tuple[str, ...] = ()) -> Exchange:
    return Exchange(Reply(text, "tired"), "too tired for my run", PROGRESS, recent)


GOOD = (
    "Running low today, after 2 of 3 this week. Rest, or walk or jog for 5 minutes now if you like?"
)


def test_a_reply_with_facts_a_choice_and_a_step_scores_high():
    scored = scores.reply(exchange(GOOD))

    assert min(scored.values.values()) >= 7


def test_dropping_the_facts_lowers_personalization():
    bare = scores.reply(exchange("Running low today. Rest, or a little now if you like?"))

    assert (
        bare.values["personalization"] <= scores.reply(exchange(GOOD)).values["personalization"] - 2
    )


def test_a_forbidden_word_puts_motivation_at_two_or_less():
    assert scores.reply(exchange(f"{GOOD} No excuses.")).values["motivation"] <= 2


def test_a_second_question_lowers_relevance():
    again = scores.reply(exchange(f"{GOOD} Or what else?"))

    assert again.values["relevance"] < scores.reply(exchange(GOOD)).values["relevance"]


def test_a_text_that_was_just_sent_is_not_fresh():
    stale = reply_scores.parts(exchange(GOOD, (GOOD,)))["personalization"]

    assert dict(stale)["fresh"] == 0
