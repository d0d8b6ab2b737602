"""How many tokens a prompt has, where nobody can say it exactly."""

import json

from coach.llm.port import ModelRequest

_BYTES = 3  # a token's in most scripts; four in English


def estimated(request: ModelRequest) -> int:
    """Estimate a prompt's tokens from its bytes, rather too many than too few."""
    sent = [request.instructions, json.dumps(request.data, ensure_ascii=False)]
    if request.schema is not None:
        sent.append(json.dumps(request.schema))
    return -(-sum(len(part.encode("utf-8", "replace")) for part in sent) // _BYTES)
