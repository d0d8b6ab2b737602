"""The two cards, as lines of styled runs: whoever shows them escapes and marks up.

A run is a piece of text with one style; user words are ordinary text in it, never markup.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from coach import formats
from coach.catalogue import Catalogue, texts
from coach.values import Plan, Resolution, Session, Week


class Style(StrEnum):
    """How a run looks."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Run, ...]
MOST_RESOLUTION = 700
MOST_PLAN = 1200
_MOST_SESSIONS = 7
_ALIKE = 3  # sessions that differ in nothing but the day share a line from this many on
_MOST_FIGURE = 60


def plain(lines: tuple[Line, ...]) -> str:
    """Write the lines without any style."""
    return "\n".join("".join(run.text for run in line) for line in lines)


def resolution(r: Resolution, language: str = "en") -> tuple[Line, ...]:
    """Lay out the resolution card."""
    t = texts(language)
    lines: list[Line] = [(Run("🎯 "), Run(r.title, Style.BOLD)), (Run(r.line),)]
    optional = (
        ("card.target", {"target": r.target}),
        ("card.done", {"measure": r.measure}),
        ("card.if_then", {"when": r.cue, "then": r.action}),
        ("card.minimum", {"minimum": r.minimum}),
        ("card.if_then", {"when": r.obstacle_if, "then": r.obstacle_then}),
        ("card.first", {"step": r.first_step, "date": _day(r.first_step_by, t)}),
        ("card.why", {"why": r.why}),
        ("card.also", {"facts": _listed(r.also)}),
    )
    lines += [(Run(t(key, **slots)),) for key, slots in optional if all(slots.values())]
    if r.note:
        lines.append((Run(r.note),))
    if r.suggestions:
        said = t("card.suggestions", suggestions=_listed(r.suggestions))
        lines.append((Run(said, Style.ITALIC),))
    return _fitting(lines, MOST_RESOLUTION)


def plan(p: Plan, language: str = "en") -> tuple[Line, ...]:
    """Lay out the plan card: its first week, and what comes after."""
    t = texts(language)
    lines: list[Line] = [_head(p, t)]
    lines += [(Run(f"• {line}"),) for line in _sessions(p.weeks[0], t)]
    spare = f"   ·   {t.n('card.spare', p.spare_days)}" if p.spare_days else ""
    lines.append((Run(t("card.hard_day", minimum=p.minimum) + spare),))
    lines.append((Run(t("card.if_then", when=p.cue, then=p.action)),))
    if p.obstacle_if:
        lines.append((Run(t("card.if_then", when=p.obstacle_if, then=p.obstacle_then)),))
    if p.weeks[0].number == 1:  # later on the first step lies behind
        lines.append((Run(t("card.first", date=_day(p.first_step_by, t), step=p.first_step)),))
    if len(p.weeks) > 1:
        lines.append((Run(t("card.next", figures=_figures(p.weeks[1:], t))),))
    if marks := _milestones(p.weeks, t):
        lines.append((Run(t("card.milestones", milestones=" · ".join(_shortened(marks)))),))
    lines.append((Run(" · ".join(_ends(p, t))),))
    lines += [(Run(note, Style.ITALIC),) for note in p.notes]
    return _fitting(lines, MOST_PLAN)


def _head(p: Plan, t: Catalogue) -> Line:
    week, last = p.weeks[0], p.weeks[0].start.toordinal() + 6
    first, end = week.start, date.fromordinal(last)
    same_month = first.month == end.month
    slots = {
        "first": formats.day(first, t("date.plain" if same_month else "date.short"), t.language),
        "last": formats.day(end, t("date.short"), t.language),
        "theme": week.theme,
    }
    name = Run(t("card.week", n=week.number, weeks=p.weeks[-1].number), Style.BOLD)
    beyond = p.deadline and (p.deadline - first).days // 7
    if beyond and beyond > len(p.weeks):
        return (name, Run(" " + t("card.week.to_date", left=beyond, **slots)))
    return (name, Run(" " + t("card.week.span", **slots)))


def _sessions(week: Week, t: Catalogue) -> list[str]:
    """Write one line a session; what is the same on many days takes one line."""
    alike = [list(group) for _, group in groupby(week.sessions, key=lambda s: (s.at, s.text))]
    lines: list[str] = []
    for group in alike:
        if len(group) >= _ALIKE:
            lines.append(_one_line(_days(group, t), group[0]))
        else:
            lines += [_one_line(t(f"day.short.{s.on.weekday()}"), s) for s in group]
    return lines[:_MOST_SESSIONS]


def _one_line(days: str, session: Session) -> str:
    at = f" {formats.clock(session.at)}" if session.at else ""
    return f"{days}{at}  {session.text}"


def _days(sessions: list[Session], t: Catalogue) -> str:
    if len(sessions) == 7:  # a whole week
        return t("card.every_day")
    return ", ".join(t(f"day.short.{session.on.weekday()}") for session in sessions)


def _figures(weeks: tuple[Week, ...], t: Catalogue) -> str:
    """Write one short figure a week; equal ones in a row are said once."""
    runs = [(text, len(list(group))) for text, group in groupby(weeks, key=lambda week: week.text)]
    said = [t("card.each", figure=text, n=n) if n > 1 else text for text, n in runs]
    if len(runs) == 1 and len(weeks) > 1:
        return t("card.all_each", figure=runs[0][0])
    return " · ".join(said)


def _milestones(weeks: tuple[Week, ...], t: Catalogue) -> list[str]:
    """Write what comes on the way; what comes again names all its weeks at once."""
    found: dict[str, list[str]] = {}
    for week in weeks:
        if week.milestone:
            found.setdefault(week.milestone, []).append(str(week.number))
    return [
        t.n("card.milestone", len(n), numbers=formats.listed(n, t.language), milestone=text)
        for text, n in found.items()
    ]


def _shortened(marks: list[str]) -> list[str]:
    """Keep the first, the middle and the last of many milestones."""
    return marks if len(marks) <= 4 else [marks[0], marks[len(marks) // 2], marks[-1]]


def _ends(p: Plan, t: Catalogue) -> list[str]:
    ends: list[str] = []
    if p.deadline:
        day = formats.day(p.deadline, t("date.long"), t.language)
        weeks, days = divmod(p.buffer_days, 7)
        if p.buffer_days and not days:
            ends.append(t.n("card.buffer.weeks", weeks, date=day))
        elif p.buffer_days:
            ends.append(t.n("card.buffer.days", p.buffer_days, date=day))
        else:
            ends.append(t("card.deadline", date=day))
    ends.append(t("card.check", day=t(f"day.{p.review_on}")))
    return ends


def _day(on: date, t: Catalogue) -> str:
    return formats.day(on, t("date.day"), t.language)


def _listed(words: tuple[str, ...]) -> str:
    return "; ".join(words)


def _fitting(lines: list[Line], most: int) -> tuple[Line, ...]:
    """Cut the longest line until the card fits; what has a length limit must keep it."""
    while len(plain(tuple(lines))) > most:
        longest = max(range(len(lines)), key=lambda i: sum(len(run.text) for run in lines[i]))
        *head, last = lines[longest]
        over = len(plain(tuple(lines))) - most
        kept = last.text[: max(_MOST_FIGURE, len(last.text) - over - 2)].rsplit(" ", 1)[0]
        if len(kept) + 2 >= len(last.text):
            lines.pop()
            continue
        lines[longest] = (*head, Run(f"{kept} …", last.style))
    return tuple(lines)
