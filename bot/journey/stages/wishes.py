"""What is said out of everyday life goes where it belongs, in one fixed order.

Safety has run before. What Rein is and does is answered by itself. Then an open question of the
stage comes first: a reason, an answer, what helped. Then: a report, a change, a new goal, a pause,
a question; and everything else is talk.
"""

from bot.journey import aside
from bot.journey.conversation import Conversation, Stage
from bot.journey.found import WishHeard
from bot.journey.stages import (
    change,
    check_in,
    finish,
    home,
    how_much,
    occasions,
    pause,
    reason,
    report,
    review,
)
from bot.journey.step import Step, say, words
from coach.values import Wish

_ELSEWHERE = frozenset({Wish.CHANGE, Wish.NEW_GOAL, Wish.PAUSE, Wish.QUESTION, Wish.FINISHED})
"""Wishes that are no answer to what was asked."""


def heard(conversation: Conversation, found: WishHeard) -> Step:
    """Go where the words belong."""
    if found.said.answer and found.wish is Wish.TALK:
        return Step(conversation, (say(words(found.said.answer)),))
    answer = how_much.typed(conversation, found) or _answer_to_stage(conversation, found)
    if answer is not None:
        return answer
    living = occasions.living(found.goals)
    match found.wish:
        case Wish.REPORT if found.told.state is not None and living:
            return report.heard(conversation, found)
        case Wish.FINISHED if living:
            return finish.open_(conversation, found)
        case Wish.CHANGE if living:
            return change.in_words(conversation, living[0], found.said.text)
        case Wish.PAUSE:
            return pause.ask(aside.step_aside(conversation, Stage.PAUSE))
        case Wish.NEW_GOAL:
            return home.new_goal(conversation, found.said.text)
        case _:
            return home.talk(conversation, found.said)


def _answer_to_stage(conversation: Conversation, found: WishHeard) -> Step | None:
    """Take the words as the answer the stage waits for; None when they are none."""
    everyday, text = conversation.everyday, found.said.text
    asked = everyday.occasion
    if asked is None or found.wish in _ELSEWHERE:
        return None
    known = occasions.goal_of(found, asked.goal)
    if known is None:
        return None
    match conversation.stage:
        case Stage.REASON if found.told.state is None or found.told.reason:
            code = found.told.reason or "ot"
            return reason.take(conversation, known, asked, everyday.place, code, text)
        case Stage.CHECK_IN if everyday.what_worked and found.told.state is None:
            return check_in.keep_what_worked(conversation, asked.goal, text)
        case Stage.FINISH:
            return finish.helped(conversation, asked.goal, text)
        case Stage.REVIEW if found.told.reason:
            return review.in_the_way(conversation, known, found.told.reason, found)
        case Stage.REVIEW if found.wish is not Wish.REPORT:
            return change.in_review(conversation, known, text)
        case _:
            return None
