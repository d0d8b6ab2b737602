"""The walk: follow every event from the empty conversation until nothing new appears.

The coach and the store are stood in for by their possible answers, each of which is
followed, so what holds here holds whatever they say.
"""

from collections import deque
from dataclasses import dataclass

import pytest

from bot.journey import machine
from bot.journey.conversation import EVERYDAY, SAFETY, Conversation, Stage
from bot.journey.effects import Close, Effect, Erase, Hand, Hold, Redraw, Say, Toast
from bot.journey.events import (
    Criticised,
    Due,
    Event,
    OccasionTapped,
    Said,
    SentOther,
    Starred,
)
from bot.journey.keeps import KeepConsent, KeepPlan, KeepResolution
from tests.bot.journey.lives import NOON, TURN
from tests.bot.journey.walking import Key, Seen, events, live_buttons, outcomes

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]  # 360,000 steps


@dataclass
class Walk:
    """Every reachable conversation by its key, and the keys that may follow it."""

    seen: dict[Key, Seen]
    following: dict[Key, set[Key]]
    rows: set[machine.Move | None]


@pytest.fixture(scope="module")
def walk() -> Walk:
    start = Seen(Conversation(), frozenset())
    old = Seen(Conversation(stage=Stage.GOAL, consent="0"), frozenset())
    walk = Walk({start.key: start, old.key: old}, {}, set())
    todo, places = deque([start, old]), set[Key]()
    while todo:
        seen = todo.popleft()
        walk.following[seen.key] = set()
        is_new = seen.screen not in places
        places.add(seen.screen)
        for event in events(seen, is_new):
            for after, effects in outcomes(seen, event, walk.rows, is_new):
                check(seen, event, after, effects)
                next_one = Seen(after, live_buttons(seen, after, effects))
                walk.following[seen.key].add(next_one.key)
                if next_one.key not in walk.seen:
                    walk.seen[next_one.key] = next_one
                    todo.append(next_one)
    return walk


def has_not_agreed(conversation: Conversation) -> bool:
    erasing = conversation.erasing
    return Stage.CONSENT in {conversation.stage, erasing.back if erasing else None}


def check(seen: Seen, event: Event, after: Conversation, effects: list[Effect]) -> None:
    shows = Say | Redraw | Toast | Erase | (Close if isinstance(event, OccasionTapped) else Say)
    said = [effect for effect in effects if isinstance(effect, shows)]
    calm = seen.conversation.stage in EVERYDAY and (
        event == Said(NOON, TURN, "😀") or event == SentOther(NOON, TURN, "sticker")
    )
    silent = after.stage in {Stage.SAFETY_HOLD, Stage.ADULT_ONLY}
    assert said or calm or silent or isinstance(event, Starred | Criticised | Due), (
        f"no words for {event} in {seen}"
    )
    if has_not_agreed(seen.conversation):
        kept = [effect for effect in effects if not isinstance(effect, Say | Hold | Hand)]
        agreed = any(isinstance(effect, KeepConsent) for effect in kept)
        assert agreed or has_not_agreed(after) or after.stage in SAFETY
    for effect in effects:
        if isinstance(effect, KeepPlan):
            assert seen.conversation.draft.goal == effect.goal
        if isinstance(effect, KeepResolution):
            assert seen.conversation.draft.resolution == effect.resolution


def test_every_stage_is_reached(walk: Walk):
    assert {seen.conversation.stage for seen in walk.seen.values()} == set(Stage)


def test_every_row_of_the_table_is_taken(walk: Walk):
    assert [row for row in machine.MOVES if row not in walk.rows] == []


def test_nobody_is_at_home_without_an_agreed_plan(walk: Walk):
    home = [s.conversation for s in walk.seen.values() if s.conversation.stage is Stage.HOME]
    assert home
    assert all(conversation.has_goal for conversation in home)


def test_everybody_can_still_get_to_a_plan(walk: Walk):
    came_from: dict[Key, set[Key]] = {key: set() for key in walk.seen}
    for key, following in walk.following.items():
        for after in following:
            came_from[after].add(key)
    home = {key for key, seen in walk.seen.items() if seen.conversation.stage is Stage.HOME}
    todo = deque(home)
    while todo:
        before = came_from[todo.popleft()] - home
        home |= before
        todo.extend(before)
    left = [seen.conversation.stage for key, seen in walk.seen.items() if key not in home]
    assert set(left) <= {Stage.ADULT_ONLY}


def test_an_open_prompt_always_has_its_keyboard(walk: Walk):
    assert [s for s in walk.seen.values() if s.conversation.open and not s.buttons] == []


def test_the_way_back_stays_short(walk: Walk):
    assert max(len(seen.conversation.draft.trail) for seen in walk.seen.values()) <= len(Stage)
