from itertools import product

import pytest

from tests.models import contract
from tests.models.server import serving

CASES = [
    case
    for case in product(contract.PROVIDERS, contract.CONTRACT, contract.HOWS)
    if case not in contract.EXEMPT and case[:2] not in contract.EXEMPT
]


@pytest.mark.parametrize(("provider", "behaviour", "how"), CASES)
async def test_every_provider_makes_the_same_of_a_behaviour(
    provider: str, behaviour: str, how: str
):
    async with serving() as server:
        came = await contract.outcome(provider, server, behaviour, how)

    assert came == contract.CONTRACT[behaviour]
    if (provider, behaviour) not in contract.ASKS_AGAIN:
        assert len(server.heard) == (behaviour != "nobody listens")
