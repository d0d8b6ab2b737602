"""What a reply offers to do, by what the message was about: two things at most."""

from coach.values import Action

_OFFERS: dict[str, tuple[Action, ...]] = {
    "partial": (Action.EASIER,),
    "missed": (Action.MINIMUM, Action.MOVE),
    "no_time": (Action.MINIMUM, Action.MOVE),
    "tired": (Action.MINIMUM, Action.MOVE),
    "forgot": (Action.REMIND, Action.CHANGE_PLAN),
    "mood": (Action.MINIMUM, Action.EASIER),
    "stress": (Action.EASIER, Action.PAUSE),
    "ill": (Action.PAUSE,),
    "travel": (Action.MINIMUM, Action.PAUSE),
    "too_hard": (Action.EASIER, Action.CHANGE_PLAN),
    "too_easy": (Action.CHANGE_PLAN,),
    "doubt": (Action.EASIER, Action.CHANGE_PLAN),
    "self_blame": (Action.MINIMUM, Action.TALK_TO_SOMEONE),
    "urge": (Action.TALK_TO_SOMEONE,),
    "slip": (Action.CHANGE_PLAN, Action.TALK_TO_SOMEONE),
    "change": (Action.MOVE, Action.CHANGE_PLAN),
    "pause": (Action.PAUSE, Action.EASIER),
    "heavy": (Action.TALK_TO_SOMEONE, Action.PAUSE),
    "none": (Action.EASIER, Action.CHANGE_PLAN),
}


def of(intent: str) -> tuple[Action, ...]:
    """List what fits a message about *intent*; often nothing does."""
    return _OFFERS.get(intent, ())
