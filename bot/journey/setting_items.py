"""What can be set: how each setting reads in the list, its choices, and what it understands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.journey import clocks, zones
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, Rows
from bot.journey.events import Said
from bot.journey.keeps import CheckInChoice, KeepCheckIn, KeepPreferences
from bot.journey.speech import speak
from bot.journey.step import Step, button, rows, text
from bot.journey.whereabouts import move_to
from bot.texts import LANGUAGES, texts
from coach.preferences import Preferences, Quiet
from coach.values import Style

Read = Callable[[Conversation, Said], Step | None]


def tell_nothing(_: Conversation) -> tuple[Text, ...]:
    """Add nothing to the question."""
    return ()


def always(_: Conversation) -> bool:
    """Offer it everywhere."""
    return True


def never(_: Conversation) -> bool:
    """Leave it out of the list: another setting leads to it."""
    return False


def deaf(_: Conversation, __: Said) -> None:
    """Understand no words: this setting is tapped."""


@dataclass(frozen=True, slots=True)
class Item:
    """One setting. *take* and *read* give the step it changes by, or None for nonsense."""

    question: str
    label: Callable[[Conversation], Text]
    choices: Callable[[Conversation], Rows]
    take: Callable[[Conversation, str], Step | None]
    read: Read = deaf
    unclear: str = "settings.tap"
    notice: Callable[[Conversation], tuple[Text, ...]] = tell_nothing
    is_offered: Callable[[Conversation], bool] = always

    def ask(self, conversation: Conversation) -> tuple[Text, ...]:
        """Return its question, with what must be known to answer it."""
        return (Text(self.question), *self.notice(conversation))


def menu(conversation: Conversation) -> Rows:
    """Lay out the list: every setting with how it stands."""
    items = (
        Button(item.label(conversation), "st", name)
        for name, item in ITEMS.items()
        if item.is_offered(conversation)
    )
    return (*rows(items, 2), (button("settings.close", "st", "ok"),))


# --- language ---


def _language(conversation: Conversation) -> Text:
    return text("settings.language", name=name_of(conversation.language))


def name_of(language: str) -> str:
    """Return a language's own name for itself."""
    return texts(language)("language.name")


def _languages(_: Conversation) -> Rows:
    return rows((Button(Words(name_of(code)), "sv", code) for code in LANGUAGES), 3)


def _speak(conversation: Conversation, code: str) -> Step | None:
    return speak(conversation, code) if code in LANGUAGES else None


def _read_language(conversation: Conversation, said: Said) -> Step | None:
    wanted = said.text.strip().casefold()
    named = (code for code in LANGUAGES if wanted in {code, name_of(code).casefold()})
    return _speak(conversation, next(named, ""))


# --- time zone ---


def _zone(conversation: Conversation) -> Text:
    if conversation.zone is None:
        return Text("settings.zone.unknown")
    return text("settings.zone", place=zones.place(conversation.zone))


def _zones(conversation: Conversation) -> Rows:
    likely = zones.likely(conversation.language, conversation.touched)
    places = zones.offered(conversation.language)
    return rows((Button(Words(local), "sv", str(places.index(zone))) for zone, local in likely), 3)


def _move(conversation: Conversation, chosen: str) -> Step | None:
    places = zones.offered(conversation.language)
    if not chosen.isdecimal() or int(chosen) >= len(places):
        return None
    found = zones.Found(places[int(chosen)], sure=True)
    return move_to(conversation, found, conversation.touched)


def _read_zone(conversation: Conversation, said: Said) -> Step | None:
    found = zones.find(said.text, said.at, conversation.language)
    return move_to(conversation, found, said.at) if found else None


# --- hours ---

NIGHTS = (Quiet(), Quiet(time(22), time(7)), Quiet(time(23), time(7)), Quiet(time(20), time(9)))
LONGEST_NIGHT = timedelta(hours=16)
"""More quiet than this leaves no room for a question."""


def _quiet(conversation: Conversation) -> Text:
    return text("settings.quiet", hours=_hours(conversation.preferences.quiet))


def _hours(quiet: Quiet) -> str:
    return f"{quiet.begins:%H:%M}–{quiet.ends:%H:%M}"


def _nights(conversation: Conversation) -> Rows:
    """Offer some nights, and the way to the end of the day, which the list has no room for."""
    nights = (Button(Words(_hours(night)), "sv", str(n)) for n, night in enumerate(NIGHTS))
    return (*rows(nights, 2), (Button(_day_ends(conversation), "st", "day_ends"),))


def _take_night(conversation: Conversation, chosen: str) -> Step | None:
    if chosen not in {str(n) for n in range(len(NIGHTS))}:
        return None
    return prefer(conversation, quiet=NIGHTS[int(chosen)])


def _read_quiet(conversation: Conversation, said: Said) -> Step | None:
    found = clocks.span(said.text)
    if found is None:
        return None
    begins, ends = (timedelta(hours=at.hour, minutes=at.minute) for at in found)
    if (ends - begins) % timedelta(days=1) > LONGEST_NIGHT:
        return None
    return prefer(conversation, quiet=Quiet(*found))


DAY_ENDINGS = tuple(time(hour) for hour in range(5))
LATEST_END = time(6)
"""A day that ended later would take the next morning with it."""


def _day_ends(conversation: Conversation) -> Text:
    return text("settings.day_ends", time=f"{conversation.preferences.day_ends:%H:%M}")


def _endings(_: Conversation) -> Rows:
    return rows((Button(Words(f"{at:%H:%M}"), "sv", str(n)) for n, at in enumerate(DAY_ENDINGS)), 3)


def _take_ending(conversation: Conversation, chosen: str) -> Step | None:
    if chosen not in {str(n) for n in range(len(DAY_ENDINGS))}:
        return None
    return prefer(conversation, day_ends=DAY_ENDINGS[int(chosen)])


def _read_ending(conversation: Conversation, said: Said) -> Step | None:
    found = clocks.times(said.text)
    if len(found) != 1 or found[0] > LATEST_END:
        return None
    return prefer(conversation, day_ends=found[0])


# --- when to ask, remind and review ---

WHEN = {"a": "after", "e": "evening", "m": "morning", "x": "never"}


def _check_in(conversation: Conversation) -> Text:
    when = conversation.preferences.check_in
    if when is None or when in WHEN.values():
        return Text(f"settings.check_in.{when or 'unset'}")
    return text("settings.check_in.clock", time=when)


def _moments(conversation: Conversation) -> Rows:
    """Offer the moments, and the way to the reminders, which the list has no room for."""
    moments = rows((button(f"check_in.{code}", "sv", code) for code in WHEN), 2)
    return (*moments, (Button(_reminders(conversation), "st", "reminders"),))


def _take_moment(conversation: Conversation, code: str) -> Step | None:
    return _ask_at(conversation, WHEN[code]) if code in WHEN else None


def _read_moment(conversation: Conversation, said: Said) -> Step | None:
    found = clocks.times(said.text)
    return _ask_at(conversation, f"{found[0]:%H:%M}") if len(found) == 1 else None


def _ask_at(conversation: Conversation, when: str) -> Step:
    preferred = replace(conversation.preferences, check_in=when)
    return Step(replace(conversation, preferences=preferred), (KeepCheckIn(CheckInChoice(when)),))


def _reminders(conversation: Conversation) -> Text:
    return Text(f"settings.reminders.{'on' if conversation.preferences.reminders else 'off'}")


def _on_or_off(_: Conversation) -> Rows:
    return ((button("settings.on", "sv", "on"), button("settings.off", "sv", "off")),)


def _remind(conversation: Conversation, chosen: str) -> Step | None:
    return prefer(conversation, reminders=chosen == "on") if chosen in {"on", "off"} else None


def _style(conversation: Conversation) -> Text:
    return Text(f"settings.style.{conversation.preferences.style}")


def _styles(_: Conversation) -> Rows:
    return rows((button(f"style.{style}", "sv", style) for style in Style), 3)


def _sound(conversation: Conversation, chosen: str) -> Step | None:
    return prefer(conversation, style=Style(chosen)) if chosen in set(Style) else None


def _wording(conversation: Conversation) -> Text:
    return Text(f"settings.wording.{'on' if conversation.preferences.ai_wording else 'off'}")


def _word(conversation: Conversation, chosen: str) -> Step | None:
    return prefer(conversation, ai_wording=chosen == "on") if chosen in {"on", "off"} else None


def _has_model(conversation: Conversation) -> bool:
    return bool(conversation.disclosure.provider)


def _free_tier(conversation: Conversation) -> tuple[Text, ...]:
    house = conversation.disclosure
    return (text("consent.free_tier", provider=house.provider),) if house.free_tier else ()


def _review_day(conversation: Conversation) -> Text:
    day = conversation.preferences.review_day
    return Text(f"settings.review.{SUNDAY if day is None else day}")


SUNDAY = 6
"""The weekday of a review, unless another is chosen."""


def _weekdays(_: Conversation) -> Rows:
    return rows((button(f"day.off.{day}", "sv", str(day)) for day in range(7)), 3)


def _review_on(conversation: Conversation, chosen: str) -> Step | None:
    if chosen not in set("0123456"):
        return None
    return prefer(conversation, review_day=int(chosen))


def prefer(conversation: Conversation, **changed: object) -> Step:
    """Change preferences and keep them."""
    preferred: Preferences = replace(conversation.preferences, **changed)  # pyright: ignore[reportArgumentType] -- names are checked by replace
    return Step(replace(conversation, preferences=preferred), (KeepPreferences(preferred),))


# fmt: off
ITEMS = {
    "language": Item("settings.which_language", _language, _languages, _speak, _read_language,
                     "settings.languages"),
    "timezone": Item("settings.which_zone", _zone, _zones, _move, _read_zone, "zone.unknown"),
    "quiet": Item("settings.which_hours", _quiet, _nights, _take_night, _read_quiet,
                  "settings.hours_unclear"),
    "day_ends": Item("settings.when_day_ends", _day_ends, _endings, _take_ending, _read_ending,
                     "settings.day_ends_unclear", is_offered=never),
    "check_in": Item("check_in.ask", _check_in, _moments, _take_moment,
                     _read_moment, "check_in.unclear"),
    "reminders": Item("settings.remind", _reminders, _on_or_off, _remind, is_offered=never),
    "style": Item("settings.which_style", _style, _styles, _sound),
    "wording": Item("settings.which_wording", _wording, _on_or_off, _word,
                    notice=_free_tier, is_offered=_has_model),
    "review": Item("settings.which_day", _review_day, _weekdays, _review_on),
}
# fmt: on
