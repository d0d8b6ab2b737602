"""What a turn says: letters for the outbox, and messages for the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import keeping
from bot.journey.conversation import Conversation
from bot.journey.effects import Effect, Hand, Nudge, Say, ShowChart
from bot.journey.events import Rated, Subject
from bot.outgoing import SendText, dump
from bot.texts.render import Rendering, Shown, prompt_key
from storage import evaluations, messages, nudges, outbox, subjects
from storage.inbox import Item
from storage.messages import Direction, Message
from storage.origin import Origin
from storage.people import Person
from storage.transaction import Transaction

NEW = Say | Hand | ShowChart
"""Effects that put something new into the chat; others change what is there."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What the turn of *item* shows; *conversation* is the one after it."""

    item: Item
    conversation: Conversation
    effects: tuple[Effect, ...]
    origin: Origin

    def write(
        self,
        transaction: Transaction,
        person: Person,
        kept: Mapping[Rated, Subject],
        *,
        private: bool,
    ) -> list[str]:
        """Write letters and what is said, which is not kept where it is *private*.

        *kept* names what the turn made by what it has stars for. Return what is said, as HTML.
        """
        prompts = f"prompt:{person.public_id}"
        prompt = self.conversation.prompt
        rendering = Rendering(self.conversation.language, prompt, kept, prompts)
        letters, shown = list[outbox.Letter](), list[str]()
        nudge = next((e for e in self.effects if isinstance(e, Nudge)), None)
        for place, effect in enumerate(e for e in self.effects if isinstance(e, Shown)):
            outgoing, about = rendering.render(effect), _about(effect, kept)
            key = f"{self.item.source}:{self.item.key}:{place}"
            if isinstance(effect, Say) and effect.is_prompt:
                key = prompt_key(prompts, prompt)
            elif about is not None and about.kind in subjects.SAID:
                key = about.id if about.version == 1 else f"{about.id}.{about.version}"
            letters.append(self._letter(key, person, effect, dump(outgoing), nudge))
            if isinstance(outgoing, SendText):
                shown.append(outgoing.html)
            if isinstance(outgoing, SendText) and isinstance(effect, Say) and not private:
                said = Message(key, Direction.OUT, outgoing.html, about=about)
                messages.keep(transaction, person, said, self.origin)
                self._score(transaction, person, said, effect)
        outbox.put(transaction, letters, self.origin.at)
        if nudge is not None:
            self._note(transaction, person, nudge, letters)
        return shown

    def _letter(
        self, key: str, person: Person, effect: Shown, payload: bytes, nudge: Nudge | None
    ) -> outbox.Letter:
        if nudge is not None and isinstance(effect, NEW):
            kind, until = outbox.Kind.NUDGE, nudge.until
        else:
            files = isinstance(effect, Hand | ShowChart)
            kind, until = (outbox.Kind.DOCUMENT if files else outbox.Kind.REPLY), None
        return outbox.Letter(key, person.chat_id, kind, payload, expires_at=until)

    def _note(
        self, transaction: Transaction, person: Person, nudge: Nudge, letters: list[outbox.Letter]
    ) -> None:
        """Keep which nudge this was, under the first letter that is one."""
        first = next((one for one in letters if one.kind is outbox.Kind.NUDGE), None)
        if first is not None:
            kept = nudges.Nudge(
                first.dedup_key, nudge.kind, nudge.wording, nudge.on, self.origin.at
            )
            nudges.keep(transaction, person, kept, self.origin)

    def _score(self, transaction: Transaction, person: Person, said: Message, effect: Say) -> None:
        """Keep the scores of a reply, if this is one, under what it is rated as, or its message."""
        if effect.scores is not None:
            reply = said.about or subjects.Subject(subjects.SubjectKind.REPLY, said.key)
            scores, rules = effect.scores, evaluations.RULES
            evaluations.record(transaction, person, reply, scores, rules, self.origin)


def _about(effect: Shown, kept: Mapping[Rated, Subject]) -> subjects.Subject | None:
    """Name what an effect has stars for, or may have later."""
    if not isinstance(effect, Say) or (rated := effect.stars or effect.shows) is None:
        return None
    return keeping.stored(rated if isinstance(rated, Subject) else kept[rated])
