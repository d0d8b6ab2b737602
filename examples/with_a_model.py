"""A model behind the coach, with every call's cost: `python -m examples.with_a_model`.

With GEMINI_API_KEY set it asks Gemini; else a scripted model, which the rules stand in for.
"""

import asyncio
import os
from datetime import UTC, datetime

from coach.coach import Coach
from coach.llm.caller import Caller, CallMade
from coach.llm.port import Provider
from coach.llm.providers import Address, choose
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.values import Progress

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
PROGRESS = Progress(title="Run before work", activity="running", minimum="5 minutes", done=2)


async def main() -> None:
    """Answer a message, and tell who answered and what it cost."""
    key, calls = os.environ.get("GEMINI_API_KEY"), list[CallMade]()
    provider: Provider = ScriptedModel(["A long day, then. Would the small version do?"])
    if key:
        provider = choose("gemini", "gemini-3.1-flash-lite", Address(key))
    service = ModelService(provider)
    reply = await Coach(service).coaching_reply(
        "so tired today", PROGRESS, now=NOW, caller=Caller("me", calls.append)
    )
    print(f"{reply.mode}: {reply.work.text}")
    for call in calls:
        print(f"{call.step}: {call.usage.prompt} tokens, {call.micro_usd} millionths of a dollar")
    await service.close()


if __name__ == "__main__":
    asyncio.run(main())
