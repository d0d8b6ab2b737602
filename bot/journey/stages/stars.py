"""Stars, and what a low number of them leads to: one question, or one rewrite.

What was few-starred keeps its stars; what follows is its next version, with stars of its own.
"""

from dataclasses import replace

from bot.journey import aside, local
from bot.journey.asks import AskChange, AskMemory, AskOwned, AskRewrite
from bot.journey.content import Text, Words
from bot.journey.conversation import EVERYDAY, Conversation, Draft, Stage
from bot.journey.effects import Button, Close, Effect, Rows, Say, ShowStars, Toast
from bot.journey.events import Criticised, Occasion, OccasionTapped, Pressed, Rated, Starred
from bot.journey.found import DaysFound, OwnedFound, Rewritten
from bot.journey.keeps import KeepRating, KeepReason
from bot.journey.stages import anywhere, change, examples, occasions, opinions, resolution, undo
from bot.journey.step import Step, button, fresh, prefer, put, rows, say, text, words
from coach.plan_wishes import Reshaped, Scaled
from coach.values import Style

GOOD = 4
"""Stars from which nothing is asked; below, one question: what was off?"""

SKIPPED, TONE, WRONG = "sk", "to", "wr"
REWRITTEN = frozenset({"ge", "lo", TONE})
"""What was off with a reply that another wording can mend: too generic, too long, the tone."""

JUST_AGREED = frozenset({Stage.DAYS, Stage.TIME, Stage.ZONE, Stage.OBSTACLE, Stage.PLAN})
"""Where a resolution is agreed, and its plan is not yet."""

REOPEN = "stars"
"""What the goals are looked up for when a resolution is to be changed; its goal follows."""

RESHAPED = {
    "plan.easier": "easier",
    "edit.fewer_days": "fewer",  # a button's data is short
    "plan.harder": "harder",
    "change.nothing": "no",
}
"""Ways to change a plan with few stars: the button's text, and its argument."""

PLAINER: Rows = ((button("stars.keep_plain", "sy", "firm"),),)


def take_stars(conversation: Conversation, starred: Starred) -> Step:
    """Keep the stars and show them; few stars get one question."""
    keep = KeepRating(starred.subject, starred.stars)
    shown = ShowStars(starred.message, starred.subject, starred.stars)
    if starred.stars >= GOOD:
        shown = replace(shown, buttons=opinions.offer(starred.subject))
        return Step(conversation, (keep, shown, Toast(Text("stars.thanks"))))
    chips = Say((Text("stars.what_was_off"),), chips=starred.subject)
    return Step(conversation, (keep, shown, chips))


def take_reason(conversation: Conversation, told: Criticised) -> Step:
    """Keep what was off, and go on with one question or one rewrite."""
    key = "stars.skipped" if told.reason == SKIPPED else "stars.noted"
    closed = Close(told.message, told.shown, text(key))
    if told.reason == SKIPPED:
        return Step(conversation, (closed,))
    conversation, examples_too = examples.offer(conversation, told.subject.rated, told.at)
    closed = replace(closed, buttons=(*opinions.offer(told.subject), *examples_too))
    kept: tuple[Effect, ...] = (KeepReason(told.subject, told.reason), closed)
    match told.subject.rated:
        case Rated.RESOLUTION:
            step = _reopen(conversation, told)
        case Rated.PLAN:
            step = _ask_of_plan(conversation, told)
        case Rated.REPLY if told.subject.version == 1:
            step = _say_again(conversation, told)
        case _:
            step = Step(conversation)
    return step.after(*kept)


# --- a reply ---


def _say_again(conversation: Conversation, told: Criticised) -> Step:
    if told.reason in REWRITTEN:
        return Step(conversation, (AskRewrite(told.subject, told.reason),))
    if conversation.stage not in EVERYDAY:  # another question is open
        return Step(conversation, (say("stars.facts"),) if told.reason == WRONG else ())
    if told.reason == WRONG:
        opened = aside.step_aside(conversation, Stage.MEMORY)
        return Step(opened, (say("stars.which_fact"), AskMemory()))
    return Step(conversation, (say("stars.hoped_for"),))


def rewritten(conversation: Conversation, made: Rewritten) -> Step:
    """Show the second wording, with stars of its own; after a wrong tone, offer to keep its own."""
    if made.reply is None:
        return Step(conversation)
    subject = replace(made.subject, version=made.subject.version + 1)
    again = Say((words(made.reply.work.text),), stars=subject, scores=made.reply.scores)
    if made.reason != TONE or conversation.preferences.style is Style.FIRM:
        return Step(conversation, (again,))
    return Step(conversation, (again, Say((Text("stars.plainer"),), standing=PLAINER)))


def keep_plain(conversation: Conversation, pressed: Pressed) -> Step:
    """Stay this plain from now on."""
    closed = Close(pressed.message, pressed.shown, Words(pressed.label))
    return prefer(conversation, style=Style.FIRM).after(closed, Toast(Text("stars.thanks")))


# --- a resolution ---


def _reopen(conversation: Conversation, told: Criticised) -> Step:
    """Ask what should be different: of the goal just agreed, or of one that is lived."""
    if conversation.stage in EVERYDAY:
        return Step(conversation, (AskOwned(f"{REOPEN} {told.subject.number}"),))
    if conversation.stage in JUST_AGREED and conversation.draft.goal == told.subject.number:
        return _ask_change(conversation)
    return Step(conversation)  # another question is open


def found(conversation: Conversation, looked: OwnedFound) -> Step:
    """Go on with the goals: change a resolution, or what a command wanted."""
    wanted, _, number = looked.wanted.partition(" ")
    if wanted != REOPEN:
        return undo.found(conversation, looked)
    one = next((goal for goal in looked.goals if str(goal.number) == number), None)
    waits = conversation.draft.understanding is not None  # another goal, on its way
    if one is None or one.state != "active" or one.agreed is None or waits:
        return Step(conversation)
    draft = Draft(understanding=one.understanding, resolution=one.agreed, goal=one.number)
    return _ask_change(replace(conversation, draft=draft))


def _ask_change(conversation: Conversation) -> Step:
    asked = resolution.ask_change(conversation)
    if conversation.stage in EVERYDAY:  # nothing of a set-up lies behind
        return Step(put(asked.conversation, trail=()), asked.effects)
    return asked


def leave_as_it_is(conversation: Conversation, pressed: Pressed) -> Step:
    """Change nothing: back to the card, or on from where few stars had led away."""
    trail = conversation.draft.trail
    if trail and trail[-1] is Stage.RESOLUTION:
        return resolution.back_to_card(conversation)
    if trail:
        return anywhere.step_back(conversation, pressed)
    left = fresh(conversation, aside.base(conversation))
    return Step(left, (say("stars.left"),))


# --- a plan ---


def _ask_of_plan(conversation: Conversation, told: Criticised) -> Step:
    """Ask what would fit better; the buttons act at every stage, for a week."""
    about = Occasion(told.subject.number, local.today(conversation, told.at))
    choices = (Button(Text(label), "sp", how, about) for label, how in RESHAPED.items())
    return Step(conversation, (say("stars.what_fits", buttons=rows(choices, 2)),))


def plan_tapped(conversation: Conversation, looked: DaysFound) -> Step:
    """Change the coming sessions of the goal as tapped, or leave them as they are."""
    cause = looked.cause
    if not isinstance(cause, OccasionTapped):
        return Step(conversation, (say("check_in.gone"),))
    closed = Close(cause.message, cause.shown, words(cause.label))
    known = occasions.goal_of(looked, cause.occasion.goal)
    if known is None or known.life is None:
        return Step(conversation, (closed, say("check_in.gone")))
    week = change.coming(known.life, local.today(conversation, looked.at))
    match cause.argument:
        case "easier" | "harder" as how:
            wish = Scaled(week, how)
        case "fewer":
            wish = Reshaped("fewer_days")
        case _:
            return Step(conversation, (closed, say("change.kept")))
    return Step(conversation, (closed, AskChange(known, wish, change.STARS, "")))
