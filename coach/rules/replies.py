"""A coaching reply by rules: one sentence that shows understanding, one option or question.

Nobody hears the same text twice among the *recent* ones, as long as there is another honest
one; sentences of the last few replies are avoided too.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from coach.catalogue import texts
from coach.rules import composing, intents, offers, reasons, reply_slots
from coach.rules.composing import Candidate, Composer
from coach.values import NOTHING_HEARD, Heard, Progress, Reply

MANY_TURNS = 8  # in an hour
_MANY_A_DAY = 25
"""Replies in an hour from which on talking gives way to doing."""

_ECHOES = 5  # replies back in which no sentence should return
_FACTS_ENOUGH = 2
SHORT = 25  # words, after many turns
_ALWAYS_ANSWERED = frozenset(("heavy", "medical", "ill", "urge", "slip", "pause"))


def reply(
    text: str, progress: Progress, now: datetime, person_key: str, heard: Heard = NOTHING_HEARD
) -> Reply:
    """Answer a message of somebody who has a plan."""
    t = texts(progress.language)
    intent = intents.of(text, progress.language)
    lot = _lot(f"{person_key}|{now.date()}|{intent}")
    composer = Composer(t, reply_slots.of(text, progress, now, t), progress.style, lot)
    many = is_much(heard) and intent not in _ALWAYS_ANSWERED
    if many and (heard.turns_last_hour == MANY_TURNS or heard.turns_last_day == _MANY_A_DAY):
        pools = [list(composer.whole("reply.practice"))]
    else:
        told = "beginning" if intent == "progress" and not _has_begun(progress) else intent
        pools = [composing.candidates(told, composer), composing.spare(told, composer)]
    best = _best(pools, composer, heard.recent, SHORT if many else None)
    planned = reasons.own_plan(reasons.by_intent(intent), progress)
    parts = (planned if planned not in heard.recent[-_ECHOES:] else "", best or t("reply.plain"))
    return Reply("\n\n".join(filter(None, parts)), intent, offers.of(intent))


def is_much(heard: Heard) -> bool:
    """Tell whether somebody talks so much that it is time to put it into practice."""
    return heard.turns_last_hour >= MANY_TURNS or heard.turns_last_day >= _MANY_A_DAY


def _has_begun(progress: Progress) -> bool:
    return progress.done + progress.done_4_weeks > 0


def _best(
    pools: Iterable[list[Candidate]], composer: Composer, recent: tuple[str, ...], most: int | None
) -> str:
    """Choose the fresh text that says most of the person, else the one said longest ago."""
    said = frozenset(recent)
    last = frozenset(
        sentence for text in recent[-_ECHOES:] for sentence in Candidate(text).sentences
    )

    facts = composer.facts()

    def rank(one: Candidate) -> tuple[bool, bool, int, int]:
        told = min(sum(fact in one.text for fact in facts), _FACTS_ENOUGH)
        too_long = most is not None and one.words > most
        return too_long, one.cut > 0, len(one.sentences & last), -told

    known: list[Candidate] = []
    for pool in pools:
        fresh = [one for one in pool if one.text not in said]
        if fresh:
            return min(fresh, key=rank).text
        known += pool
    return min((one.text for one in known), key=recent.index, default="")


def _lot(seed: str) -> int:
    """Draw a number that is the same for the same person, day and intent."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=4).digest(), "big")
