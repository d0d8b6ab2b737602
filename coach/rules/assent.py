"""A plain yes or no to what is shown, typed instead of tapped."""

from functools import cache
from re import Pattern

from coach.rules import lexicon, normalise


def of(text: str) -> bool | None:
    """Tell a yes (True) from a no or displeasure (False); None for whatever says more.

    In any language we have: whoever writes "sí" beside an English card still agrees.
    """
    said = normalise.one_line(text).strip(" .!,…¡")
    if any(_wholly("yes", "agrees", one).fullmatch(said) for one in lexicon.languages()):
        return True
    if any(_wholly("no", "dislikes", one).fullmatch(said) for one in lexicon.languages()):
        return False
    return None


@cache
def _wholly(short: str, long: str, language: str) -> Pattern[str]:
    """Match words of one kind alone, some of them in a row: "ok, looks good, thanks"."""
    rows = lexicon.table(f"{language}/answers")
    either = "|".join([*rows[long], *rows[short]])
    polite = "|".join(rows["polite"])
    said = rf"(?:{either})(?!\w)"
    return lexicon.compiled(rf"{said}(?:[\s,.;!…-]+(?:{said}|(?:{polite})(?!\w))){{0,4}}")
