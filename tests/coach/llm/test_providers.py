import asyncio
import threading
from importlib.machinery import ModuleSpec

import pytest

from coach.llm import providers
from coach.llm.errors import RefusedError
from coach.llm.port import ModelRequest
from coach.llm.providers import Address, LazyProvider, MissingLibraryError, choose
from coach.llm.scripted import ScriptedModel

ASKED = ModelRequest("coaching_reply", "Answer.", {"user_text": "hello"})


class Maker:
    """Makes scripted models and keeps in which threads."""

    def __init__(self, failing: bool = False) -> None:
        self.failing = failing
        self.threads: list[threading.Thread] = []

    def __call__(self) -> ScriptedModel:
        self.threads.append(threading.current_thread())
        if self.failing:
            raise ImportError("a broken installation, with a path in it")
        return ScriptedModel()


async def test_a_provider_is_made_once_off_the_loop_however_many_call():
    make = Maker()
    lazy = LazyProvider("scripted", "scripted", make)
    assert not make.threads

    answers = await asyncio.gather(*(lazy.generate(ASKED) for _ in range(5)))
    chunks = [chunk.text async for chunk in lazy.stream(ASKED)]
    await lazy.close()

    assert {answer.text for answer in answers} == {"You said: hello"}
    assert "".join(chunks) == "You said: hello"
    assert len(make.threads) == 1
    assert make.threads[0] is not threading.main_thread()


async def test_a_caller_that_gives_up_leaves_the_making_to_the_next():
    make = Maker()
    lazy = LazyProvider("scripted", "scripted", make)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await lazy.generate(ASKED)

    assert (await lazy.count_tokens(ASKED)).tokens
    assert len(make.threads) == 1


async def test_a_library_that_cannot_be_loaded_refuses_and_does_not_end_the_bot():
    lazy = LazyProvider("gemini", "some", Maker(failing=True))

    await lazy.warm()
    with pytest.raises(RefusedError, match="not loaded: ImportError"):
        await lazy.generate(ASKED)
    await lazy.close()


def test_a_missing_library_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    def find(_: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(providers, "find_spec", find)

    with pytest.raises(MissingLibraryError, match="pip install") as missing:
        choose("gemini-legacy", "some", Address("a-key-of-the-operator"))
    assert missing.value.exit_code == 2
