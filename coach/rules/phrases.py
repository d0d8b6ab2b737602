"""The person's own words, bent into a sentence: behaviour with amount, how often, what for."""

import re

from coach import formats
from coach.catalogue import Catalogue
from coach.rules import amounts, calendar, languages, lexicon, splices, wording
from coach.rules import behaviour as spoken
from coach.values import GoalUnderstanding, Quantity

_MOST_AIM_WORDS = 14
_MOST_QUOTED = 80
_LONG_BEHAVIOUR = 7
_ONCE_A_MONTH = 0.25
_NAMED_LOOSELY = ("items", "people", "laps")
_OF_A_WHOLE = ("pages", "words", "chapters", "l", "ml", "cups", "glasses", "portions")


def with_amount(behaviour: str, amount: Quantity | None, t: Catalogue, text: str = "") -> str:
    """Put an amount into a verb phrase: "read" and 10 pages make "read 10 pages".

    *text* is what the person wrote: the noun that followed the number there is counted here.
    """
    if amount is None:
        return behaviour
    core, contrast, rest = _before_contrast(behaviour, t.language)
    own = _in_sets(core, amount, t) or _with_own_noun(core, amount, t, text)
    sized = own or _sized(core, amount, t, text)
    over = amounts.span(amount.unit)
    if f"per.{over}" in t and not amounts.is_money(amount.unit):
        sized = t(f"per.{over}", amount=sized)
    return f"{sized}{contrast}{rest}"


def _in_sets(behaviour: str, amount: Quantity, t: Catalogue) -> str | None:
    """Put the number of a set behind the number of sets: "do 3 sets of 12 squats"."""
    found = splices.of(t.language)["sets"].search(behaviour)
    if found is None:
        return None
    number = amounts.number(amount.value, t)
    return f"{behaviour[: found.end()]} {number}{behaviour[found.end() :]}"


def _with_own_noun(behaviour: str, amount: Quantity, t: Catalogue, text: str) -> str | None:
    """Put the number back where it stood: "5 job applications"."""
    splice = splices.of(t.language)
    said = splice["counted_noun"].search(text.lower())
    words = behaviour.split()
    low = [word.lower() for word in words]
    thing = amounts.base(amount.unit)
    if thing in _OF_A_WHOLE and thing[:4] not in text.lower():
        return None  # a size of ours: "3 books" is no place for its number
    timed = thing in (*amounts.DURATIONS, *amounts.DISTANCES) or amounts.is_money(thing)
    if timed or not said or said["noun"] not in low[1:]:
        return None
    at = low.index(said["noun"], 1)
    head = [word for word in words[:at] if not splice["determiner"].match(f"{word} ")]
    counted = splice.singular(words[at]) if amount.value == 1 else words[at]
    return " ".join([*head, amounts.number(amount.value, t), counted, *words[at + 1 :]])


def _before_contrast(behaviour: str, language: str) -> tuple[str, str, str]:
    """Split off "instead of cola": the amount belongs before it."""
    found = splices.of(language)["contrast"].search(behaviour)
    return behaviour.partition(found[0]) if found else (behaviour, "", "")


def _sized(behaviour: str, amount: Quantity, t: Catalogue, text: str) -> str:
    size = amounts.said(Quantity(amount.value, amounts.base(amount.unit)), t)
    head, _, rest = behaviour.partition(" ")
    thing = amounts.base(amount.unit)
    splice = splices.of(t.language)
    if thing in amounts.DURATIONS:
        return _timed(behaviour, size, t, text)
    if amounts.is_money(thing):
        return " ".join(
            filter(None, (head, amounts.said(amount, t), splice["money"].sub("", rest)))
        )
    if thing in amounts.DISTANCES:
        moved = wording.patterns(t.language).cut["movement"].search(rest)
        key = "phrase.run_of" if moved else "phrase.for"
        return t(key, behaviour=behaviour, amount=size) if rest else f"{behaviour} {size}"
    return _counted(head, rest, size, amount, t)


def _timed(behaviour: str, size: str, t: Catalogue, text: str) -> str:
    """Say how long something is done."""
    splice = splices.of(t.language)
    said = splice["hours_of"].search(text.lower())
    head, _, rest = behaviour.partition(" ")
    if said and splice["gets"].match(behaviour) and rest.split(" ")[0].lower() == said["noun"]:
        # "get 8 hours of sleep" again where that was said, and not "get sleep for 8 hours"
        return t("phrase.of", head=head, amount=size, whole=rest)
    if spent := splice["time_spent"].match(behaviour):
        return f"{spent['verb']} {size}{behaviour[spent.end() :]}"
    key = "phrase.for" if len(behaviour.split()) < _LONG_BEHAVIOUR else "phrase.long"
    return t(key, behaviour=behaviour, amount=size)


def _counted(head: str, rest: str, size: str, amount: Quantity, t: Catalogue) -> str:
    """Count the things a verb is about: "write my novel" becomes "write 650 words of my novel"."""
    noun = amounts.unit_noun(2, amount.unit, t)
    words = rest.split()
    if rest and wording.patterns(t.language).cut["preposition"].match(rest):
        return f"{head} {size} {rest}"
    place = _place_of(noun, words, t)
    figure = amounts.number(amount.value, t)
    if place is not None:
        return " ".join([head, figure, undetermined(rest, t.language)])
    if not rest:
        return f"{head} {size}"
    if amounts.base(amount.unit) in _OF_A_WHOLE:
        whole = splices.of(t.language)["whole"].sub("", rest)
        return t("phrase.of", head=head, amount=size, whole=whole) if whole else f"{head} {size}"
    if amounts.base(amount.unit) in _NAMED_LOOSELY:
        return f"{head} {figure} {undetermined(rest, t.language)}"
    return t("phrase.bracket", behaviour=f"{head} {rest}", amount=size)


def uncounted(noun: str) -> str:
    """Drop the number a noun begins with: "10 pull-ups" are pull-ups."""
    return re.sub(r"^[\d.,]+k?\s+", "", noun)


def undetermined(noun: str, language: str) -> str:
    """Drop "my", "the", "some" before a noun that gets a number."""
    return splices.of(language)["determiner"].sub("", noun)


def _place_of(noun: str, words: list[str], t: Catalogue) -> int | None:
    """Find where the number goes when the phrase names the counted thing itself."""
    if noun == amounts.unit_noun(2, "reps", t):
        return 0 if words else None
    stem = noun.rstrip("s")[:6]
    named = [i for i, word in enumerate(words) if stem and word.lower().startswith(stem)]
    own = splices.of(t.language)["determiner"].match(f"{words[0]} ") if words else None
    return 0 if named and named[0] <= 1 and not own else None


def how_often(u: GoalUnderstanding, per_week: float, t: Catalogue) -> str:
    """Say how often: "3 times a week (Tuesday, Thursday and Saturday)", "on weekdays"."""
    daily = wording.patterns(u.language).cut["daily"].search(u.text)
    splice = splices.of(u.language)
    if u.days == calendar.WORKDAYS or u.days == calendar.WEEKEND:
        return t("often.weekdays" if u.days == calendar.WORKDAYS else "often.weekends")
    if u.days == calendar.WEEKNIGHTS and splice["weeknights"].search(u.text):
        return t("often.weeknights")
    if per_week < 7 and not u.days and wording.patterns(u.language).cut["at_most"].search(u.text):
        return t("often.at_most", often=t.n("often.week", per_week, count=f"{per_week:g}"))
    if per_week >= 7 and (most := wording.patterns(u.language).cut["at_most"].search(u.text)):
        return t("often.at_most_day", often=most[0].lower())
    if per_week > 7:
        return _several_a_day(u, per_week, t)
    if per_week == 7:
        return daily[0].lower() if daily else t("often.daily")
    return _on_days(u, t) if u.days else _over_time(u, per_week, t)


def _several_a_day(u: GoalUnderstanding, per_week: float, t: Catalogue) -> str:
    """Say how often a day, in the person's words where they name both ends of it."""
    both = wording.patterns(u.language).cut["both_ends"].search(u.text)
    if both and per_week == 2 * 7:
        return both[0].lower()
    a_day, odd = divmod(per_week, 7)
    count = amounts.number(per_week if odd else a_day, t)
    return t.n("often.week", per_week, count=count) if odd else t("often.a_day", count=count)


def _over_time(u: GoalUnderstanding, per_week: float, t: Catalogue) -> str:
    """Say how often in weeks or months, without days: "every two weeks", "every 3 months"."""
    splice = splices.of(u.language)
    rare = wording.patterns(u.language).cut["rare"].search(u.text)
    if rare and per_week < _ONCE_A_MONTH:
        return rare[0].lower()
    twice = "often.twice_month" if splice["monthly"].search(u.text) else "often.fortnight"
    fixed = {3.5: "often.second_day", 0.5: twice, 0.25: "often.month"}.get(per_week)
    if fixed == "often.month" and splice["payday"].search(u.text):
        return t("often.payday")
    if fixed:
        return t(fixed)
    return t.n("often.week", per_week, count=amounts.number(per_week, t))


def _on_days(u: GoalUnderstanding, t: Catalogue) -> str:
    names = [t(f"day.{day}") for day in u.days]
    if len(names) == 1:
        rare = u.per_week is not None and u.per_week < 1
        often = _over_time(u, u.per_week, t) if rare and u.per_week else ""
        return t("often.rare_day" if rare else "often.on_day", often=often, day=names[0])
    if u.per_week and round(u.per_week) != len(names):
        return t.n("often.week", u.per_week, count=amounts.number(u.per_week, t))
    days = formats.listed(names, t.language)
    return (
        t("often.on_days", count=len(names), days=days) if u.per_week else t("often.on", days=days)
    )


def aim(u: GoalUnderstanding, t: Catalogue) -> str:
    """Say what the person is after in their words, without lead-in and date."""
    cut = wording.patterns(u.language).cut
    if not languages.is_in(u.text, u.language):
        return t("quoted", text=shortened(u.text.strip().rstrip("."), _MOST_QUOTED, u.language))
    text = u.text.strip()
    for found in (u.deadline, *u.later_deadlines):
        if found:
            text = _without_date(text, found.text, u.language)
    text = lexicon.pattern(f"{u.language}/roles", "fuzzy_dates").sub("", text)
    if start := spoken.core(text, u.language)[0]:  # what came before was the story
        text = spoken.lead_off(text[start:], u.language)
    text = cut["needed"].sub(t("aim.with"), text)
    text = cut["context"].sub("", cut["lead_in"].sub("", text, count=1))
    text = cut["tail"].sub("", " ".join(text.split()).replace(" ,", ","))
    if not text or len(text.split()) > _MOST_AIM_WORDS:
        text = u.behaviour or text
    return first_lower(" ".join(text.split()[:_MOST_AIM_WORDS]).rstrip(",;: "))


def _without_date(text: str, found: str, language: str) -> str:
    before = wording.patterns(language).cut["before_date"].pattern
    return re.sub(before + re.escape(found), "", text, flags=re.IGNORECASE)


def thing_of(phrase: str, language: str) -> str:
    """Cut the verb off: "declutter the garage" is about "the garage"."""
    return wording.patterns(language).cut["verb"].sub("", phrase, count=1)


def shortened(text: str, most: int, language: str) -> str:
    """Cut at a word so that at most *most* characters are left."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = text[: most - 1].rsplit(" ", 1)[0]
    return wording.patterns(language).cut["dangling"].sub("", kept).rstrip(",;: ") + "…"


def first_upper(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """Begin small, unless the first word is "I", a name in capitals or a word of one letter."""
    first = text.split(" ", 1)[0] if text else ""
    return text if first.upper() == first or first.startswith("I'") else text[:1].lower() + text[1:]
