"""A talk in whatever language the sandbox's guest has; prints all that was said, as JSON.

Run as a program, by `test_pseudo_language.py`, in a copy of the packages with one more language.
"""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot import callback_data
from tests.bot import house
from tests.bot.house import Guest

TAPS_A_GOAL = 25
PATIENCE = 2
COMMANDS = ("/help", "/today", "/plan", "/goals", "/language", "/settings", "/privacy", "/sos")
AT_HOME = ("done", "no time", "tired")


class Talk:
    """Somebody who tries every button, the least used one first, and keeps what they saw."""

    def __init__(self, guest: Guest, pressed: Counter[tuple[str, str]]) -> None:
        self.guest = guest
        self.seen: set[str] = set()
        self._pressed = pressed

    async def say(self, text: str) -> None:
        """Write something, and look."""
        await self.guest.say(text)
        self._look()

    async def tap_on(self) -> bool:
        """Tap the least used button of the newest keyboard; tell whether there was one."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.guest.until(self._choices)
        except TimeoutError:
            return False
        tap, message, data = min(self._choices(), key=lambda one: self._pressed[one[0]])
        self._pressed[tap] += 1
        await self._tap(message, data)
        return True

    async def agree(self) -> None:
        """Tap the first button: may we store what you write?"""
        _, message, data = self._choices()[0]
        await self._tap(message, data)

    async def _tap(self, message: house.Message, data: str) -> None:
        if toast := await self.guest.tap_data(message, data):
            self.seen.add(toast)
        self._look()

    def _choices(self) -> list[tuple[tuple[str, str], house.Message, str]]:
        last = self.guest.last()
        rows = last.get("reply_markup", {}).get("inline_keyboard", [])
        written = [button["callback_data"] for row in rows for button in row]
        taps = [(callback_data.decode(data), data) for data in written]
        return [
            ((tap.action, tap.argument), last, data)
            for tap, data in taps
            if isinstance(tap, callback_data.Tap)
        ]

    def _look(self) -> None:
        for message in self.guest.heard():
            self.seen.add(message.get("text", ""))
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            self.seen |= {button["text"] for row in rows for button in row}


async def talk(language: str, goals: list[str]) -> list[str]:
    """Let one person a goal tap on as far as it leads, and try the commands after that."""
    seen: set[str] = set()
    pressed: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        async with house.opened(Path(folder)) as rein:
            for goal in goals:
                one = Talk(rein.guest(language=language), pressed)
                await one.say("/start")
                await one.agree()
                await one.say(goal)
                for _ in range(TAPS_A_GOAL):
                    if not await one.tap_on():
                        break
                for text in (*COMMANDS, *AT_HOME):
                    await one.say(text)
                seen |= one.seen
    return sorted(seen)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(talk(sys.argv[1], sys.argv[2:]))))
