"""If-then plans: the moment that starts a session, and the answer to what gets in the way."""

from dataclasses import dataclass

from coach import formats
from coach.catalogue import Catalogue
from coach.rules import day_parts, phrases, splices, wording
from coach.rules.defaults import Settled
from coach.values import GoalType, GoalUnderstanding

NO_OBSTACLE = "no"


@dataclass(frozen=True, slots=True)
class IfThen:
    """`when` continues "If …", `then` continues "then I …"."""

    when: str
    then: str


def start(u: GoalUnderstanding, settled: Settled, kind: str, t: Catalogue) -> IfThen:
    """Tie the first move of a session to a moment of the day."""
    return IfThen(_moment(u, settled, kind, t), t(f"activity.{kind}.action"))


def _moment(u: GoalUnderstanding, settled: Settled, kind: str, t: Catalogue) -> str:
    own = t(f"activity.{kind}.cue")
    if u.goal_type is GoalType.QUIT:
        return _trigger(u, t) or own
    if own.split()[-1] in u.behaviour.split():  # breakfast is no moment for eating breakfast
        own = t("moment.set")
    if settled.at and len(u.days) == 1 and not u.cue and not settled.all_day:
        return t("moment.day_clock", day=t(f"day.{u.days[0]}"), at=formats.clock(settled.at))
    if u.cue:
        known = wording.moment(u.cue, u.language)
        return t(f"moment.{known}") if known else _own_moment(u.cue, u.language, t)
    if (part := day_parts.meant(u)) and settled.activity.unit != "clock":
        return t(f"moment.{part}")
    if u.at and settled.has_a_time:
        return t("moment.clock", at=formats.clock(u.at))
    return own


def _own_moment(cue: str, language: str, t: Catalogue) -> str:
    """Bend a cue nobody listed so that it follows "If": "after every run" is right after a run."""
    for pattern, key in wording.patterns(language).own_moments:
        if found := pattern.match(cue):
            said = wording.patterns(language).cut["each"].sub(t("moment.a"), found["cue"])
            return t(key, cue=splices.of(language).spelled(said))
    return t("moment.own", cue=cue)


def _trigger(u: GoalUnderstanding, t: Catalogue) -> str | None:
    """Return the person's strongest trigger as a moment."""
    if not u.triggers:
        return None
    if f"trigger.{u.triggers}" in t:
        return t(f"trigger.{u.triggers}")
    known = wording.moment(u.triggers, u.language)
    splice = splices.of(t.language)
    if known and not splice["clause"].search(splice["before_clause"].sub("", u.triggers)):
        return t(f"moment.{known}")
    return _as_condition(u.triggers, t, "moment.trigger")


def obstacle(
    u: GoalUnderstanding, minimum: str, then: IfThen, kind: str, t: Catalogue
) -> IfThen | None:
    """Answer the obstacle the person named; None when they see none."""
    if not u.obstacle or u.obstacle == NO_OBSTACLE:
        return None
    key = "obstacle.quit" if u.goal_type is GoalType.QUIT else "obstacle"
    slots = {"minimum": minimum, "action": then.then, "reminder": t(f"activity.{kind}.reminder")}
    if f"{key}.{u.obstacle}.if" in t:
        own = f"{key}.{u.obstacle}"
        return IfThen(t(f"{own}.if", **slots), t(f"{own}.then", **slots))
    return IfThen(_as_condition(u.obstacle, t), t(f"{key}.own.then", **slots))


def _as_condition(words: str, t: Catalogue, otherwise: str = "moment.because") -> str:
    """Make the person's words follow "If": a clause stays, a thing gets in the way."""
    splice = splices.of(t.language)
    said = splice["before_clause"].sub("", words.strip())
    said = splice.spelled(phrases.first_lower(said.rstrip(" .!?")))
    return said if splice["clause"].match(said) else t(otherwise, what=said)
