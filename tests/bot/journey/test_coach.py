from bot.journey.conversation import Conversation, Stage
from bot.journey.effects import Say
from bot.journey.found import Replied
from bot.journey.stages import coach
from coach.values import Action, Drafted, Reply, Scores
from tests.bot.journey.lives import ACTIVE, NOON, TURN, goals

HOME = Conversation(Stage.HOME, has_goal=True)


def said(conversation: Conversation = HOME, *actions: Action, may_rate: bool = True) -> Say:
    reply = Drafted(Reply("I hear you.", "none", actions), Scores({}, 8), "rules")
    step = coach.reply(conversation, Replied(NOON, TURN, reply, goals(ACTIVE), may_rate))
    (effect,) = step.effects
    assert isinstance(effect, Say)
    return effect


def test_a_reply_offers_two_things_at_most():
    offers = said(HOME, Action.EASIER, Action.PAUSE, Action.MOVE).buttons

    assert [button.argument for row in offers for button in row] == ["easier", "pause"]


def test_a_reply_that_offers_nothing_may_be_rated():
    assert said().stars is not None
    assert said(may_rate=False).stars is None
