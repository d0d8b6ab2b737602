"""Prints what each provider makes of each behaviour: `python -m tests.models.table`.

The older library's server sees that a call was cancelled when its thread hears of it: with
the next piece, or after the read timeout. Whole answers and streams share a cell where they
end alike; "–" stands where a behaviour cannot occur.
"""

import asyncio
import logging

from tests.models.contract import CONTRACT, EXEMPT, HOWS, PROVIDERS, outcome
from tests.models.server import serving


async def cell(provider: str, behaviour: str) -> str:
    came: list[str] = []
    for how in HOWS:
        if (provider, behaviour) in EXEMPT or (provider, behaviour, how) in EXEMPT:
            continue
        async with serving() as server:
            came.append(await outcome(provider, server, behaviour, how))
    return " / ".join(dict.fromkeys(came)) or "–"


async def main() -> None:
    print("| behaviour |", " | ".join(PROVIDERS), "|")
    print("|---" * (len(PROVIDERS) + 1) + "|")
    for behaviour in CONTRACT:
        cells = [await cell(provider, behaviour) for provider in PROVIDERS]
        print(f"| {behaviour} |", " | ".join(cells), "|")


if __name__ == "__main__":
    logging.disable()  # a socket cut on purpose is logged by the server
    asyncio.run(main())
