"""What can be set: how each setting reads in the list, its choices, and what it understands."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.journey import setting_hours as hours
from bot.journey import zones
from bot.journey.content import Text, Words
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, Rows
from bot.journey.events import Said
from bot.journey.speech import speak
from bot.journey.step import Step, button, prefer, rows, text
from bot.journey.whereabouts import move_to
from bot.texts import LANGUAGES, texts
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
    """Take a city, or what the clock reads: a time is that only where it was asked for."""
    found = zones.find(said.text, said.at, conversation.language)
    if found is None or not (found.sure or conversation.about):
        return None
    return move_to(conversation, found, said.at)


# --- the others ---


def _on_or_off(_: Conversation) -> Rows:
    return ((button("settings.on", "sv", "on"), button("settings.off", "sv", "off")),)


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


# fmt: off
ITEMS = {
    "language": Item("settings.which_language", _language, _languages, _speak, _read_language,
                     "settings.languages"),
    "timezone": Item("settings.which_zone", _zone, _zones, _move, _read_zone, "zone.unknown"),
    "quiet": Item("settings.which_hours", hours.quiet, hours.nights, hours.take_night,
                  hours.read_quiet, "settings.hours_unclear"),
    "day_ends": Item("settings.when_day_ends", hours.day_ends, hours.endings, hours.take_ending,
                     hours.read_ending, "settings.day_ends_unclear", is_offered=never),
    "check_in": Item("check_in.ask", hours.check_in, hours.moments, hours.take_moment,
                     hours.read_moment, "check_in.unclear"),
    "reminders": Item("settings.remind", hours.reminders, _on_or_off, hours.remind,
                      is_offered=never),
    "style": Item("settings.which_style", _style, _styles, _sound),
    "wording": Item("settings.which_wording", _wording, _on_or_off, _word,
                    notice=_free_tier, is_offered=_has_model),
    "review": Item("settings.which_day", _review_day, _weekdays, _review_on),
}
# fmt: on
