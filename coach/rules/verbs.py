"""Begin a phrase with a verb, as it has to follow "I will": "push-ups" is "do push-ups".

Where a language shows its infinitives, a phrase with one is taken as it is; English verbs are
put into their base form.
"""

import re

from coach.rules import lexicon, splices

_GERUND = re.compile(r"([a-z-]+ing)\b", re.IGNORECASE)
_FREE = re.compile(r"[\w ]+[- ]free\b", re.IGNORECASE)
_OWN_THING = re.compile(r"(?:my|the|a|an|daily)\b", re.IGNORECASE)
_ALSO_VERBS = ("sleep", "phone", "water", "time", "bike")
_LIMITED = {"dry": "do a", "screen": "limit my", "phone": "limit my", "social": "limit my"}
_NO_GERUNDS = ("morning", "evening", "nothing", "something", "bring", "sing", "string")
_PAIRED = re.compile(r"(.)\1$")


def first(text: str, left: str, language: str = "en") -> str:
    """Return *text* with a verb in front; empty when there is none to begin with.

    *left* is the activity somebody leaves, empty for everything else.
    """
    if infinitive := lexicon.table(f"{language}/behaviour").get("infinitive"):
        return _with_infinitive(text, left, infinitive, language)
    return _quitting(text, left, language) if left else _begin_with_verb(text, language)


def _with_infinitive(text: str, left: str, infinitive: list[str], language: str) -> str:
    """Return what follows "I will" where verbs show their infinitive; empty without one."""
    rows = lexicon.table(f"{language}/behaviour")
    if left and (fewer := lexicon.wording("behaviour", "fewer", language).fullmatch(text)):
        return f"{rows['leaving']['fewer']} {fewer['thing']}"
    if lexicon.either(infinitive).match(text):
        return text
    if left and (less := lexicon.wording("behaviour", "less", language).fullmatch(text)):
        return f"{rows['leaving']['less']} {less['thing']}"
    if left and (none := lexicon.wording("behaviour", "none", language).fullmatch(text)):
        verb = rows["leaving"].get(left, rows["leaving"]["default"])
        return f"{verb} {none['thing']}"
    if passed := _passing(text, language):
        return passed
    named = {lexicon.bare(noun): verb for noun, verb in rows["before_noun"].items()}
    verb = named.get(lexicon.bare(text.partition(" ")[0]))
    return f"{verb} {text}" if verb else ""


def _begin_with_verb(text: str, language: str) -> str:
    """Put the first word into its base form, or a verb before a noun."""
    if lexicon.wording("behaviour", "verbs", language).match(text):
        return text
    if passed := _passing(text, language):
        return passed
    text = lexicon.wording("behaviour", "time_left_out", language).sub("spend time ", text, count=1)
    first, _, rest = text.partition(" ")
    lowered = first.lower()
    if _GERUND.fullmatch(lowered) and lowered not in _NO_GERUNDS:
        return f"{base_form(lowered, language)} {rest}"
    if lexicon.wording("behaviour", "not_verbs", language).match(text) and (
        noun := _noun_in(text, language)
    ):
        return f"{noun} {text}"
    nouns = lexicon.table(f"{language}/behaviour")["before_noun"]
    if lowered in nouns and lowered not in _ALSO_VERBS:
        return f"{nouns[lowered]} {text}"
    if lexicon.wording("behaviour", "not_verbs", language).match(text) and not _OWN_THING.match(
        text
    ):
        return f"have {text}"
    return (
        text
        if _is_verb(lowered, language) and not _OWN_THING.match(text)
        else f"{nouns['default']} {text}"
    )


def _passing(text: str, language: str) -> str | None:
    """Say what is done with an exam that is only named: "my biology exam" is passed."""
    rows = lexicon.table(f"{language}/behaviour")
    own, *words = text.lower().split() or [""]
    if own not in (*rows["determiners"], rows["own"]):
        return None
    verb = next((rows["passing"][word] for word in words if word in rows["passing"]), None)
    return f"{verb} {text}" if verb else None


def _noun_in(text: str, language: str) -> str | None:
    """Find the verb for "more water", "better sleep"."""
    nouns = lexicon.table(f"{language}/behaviour")["before_noun"]
    words = text.lower().split()
    found = (nouns[word] for word in words[1:3] if word in nouns)
    verb = next(found, None)
    return verb.removesuffix(" the").removesuffix(" my").removesuffix(" a") if verb else None


def _is_verb(word: str, language: str) -> bool:
    return word not in lexicon.table(f"{language}/nouns")["words"]


def _quitting(text: str, activity: str, language: str) -> str:
    leaving = lexicon.table(f"{language}/behaviour")["leaving"]
    if unwanted := lexicon.wording("behaviour", "unwanted", language).fullmatch(text):
        thing = unwanted["thing"]
        done = _GERUND.match(thing) and thing.split(" ")[0] not in _NO_GERUNDS
        return f"stop {thing if done else splices.of(language).ongoing(thing)}"
    for name in ("down", "consuming", "less"):
        if match := lexicon.wording("behaviour", name, language).fullmatch(text):
            return f"cut down on {match['thing']}"
    if match := lexicon.wording("behaviour", "none", language).fullmatch(text):
        return f"{leaving.get(activity, leaving['default'])} {match['thing']}"
    if _FREE.match(text):
        return f"stay {text}" if _FREE.fullmatch(text) else f"have {text}"
    first, _, rest = text.partition(" ")
    if _GERUND.fullmatch(first.lower()):
        return f"{base_form(first.lower(), language)} {rest}"
    if _is_verb(first.lower(), language) and first.lower() not in _LIMITED:
        return text
    return f"{_LIMITED.get(first.lower(), 'cut down on')} {text}"


def base_form(gerund: str, language: str = "en") -> str:
    """Return "bite" for "biting": listed forms first, then the ending."""
    forms = lexicon.table(f"{language}/behaviour")["base_forms"]
    if gerund in forms:
        return forms[gerund]
    stem = gerund[:-3]
    if len(stem) > 3 and _PAIRED.search(stem) and stem[-1] not in "lsz":
        return stem[:-1]
    needs_e = re.search(r"(?:[^aeiou][aeiou][kvcszmnt]|[cgsvz]|[^aeiou]l|at|u)$", stem)
    keeps = re.search(
        r"(?:ss|ll|eat|oat|en|on|er|et|it|ew|ow|lean|ish|ch|sh|ing|ak|ook|eek|ead|oss|is)$", stem
    )
    return f"{stem}e" if needs_e and not keeps else stem
