"""The fixed words about danger: from the catalogue, never generated, never shortened."""

from coach.catalogue import texts
from coach.rules import helplines
from coach.rules.helplines import Kind
from coach.values import Safety

DIRECTORY = "findahelpline.com"
"""Helplines of every country."""


def of(found: Safety, zone: str | None, language: str) -> str:
    """Return what is said about a danger: its fixed text, or the question a hint asks."""
    kind = f".{found.kind}" if found.kind else ""
    return text(f"safety.{found.danger}{kind}" + (".check" if found.soft else ""), zone, language)


def text(key: str, zone: str | None, language: str) -> str:
    """Return a fixed text, its numbers those of where somebody is, as far as they are checked."""
    t, table = texts(language), helplines.table()
    talk = table.call(Kind.TALK, zone)
    return t(
        key,
        emergency=table.call(Kind.EMERGENCY, zone) or t("safety.emergency"),
        helpline=talk or t("safety.helpline"),
        line=talk or t("safety.line"),
        directory=talk or DIRECTORY,
        violence=table.call(Kind.VIOLENCE, zone) or DIRECTORY,
        eating=table.call(Kind.EATING, zone) or DIRECTORY,
    )
