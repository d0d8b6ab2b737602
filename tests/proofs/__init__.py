"""Figures that tests measured about what Rein promises, kept so that they can be published.

A test that proves a promise calls `proven` as its last line. In everyday runs that does
nothing; `make proofs` gives a folder in `PROOFS`, runs the proofs in full and writes the table.
"""

import json
import os
from pathlib import Path


def proven(proof: str, case: str = "", **figures: float) -> None:
    """Keep what was measured.

    *proof* names a line of `tests.proofs.table.ROWS`; a proof made of several tests gives each
    a *case*, and the table adds up what they found. A 0 that is written out was asserted above.
    """
    if folder := os.environ.get("PROOFS"):
        kept = {"proof": proof, "case": case, "figures": figures}
        name = f"{proof} {case}".strip().replace("/", "-")
        Path(folder, f"{name}.json").write_text(json.dumps(kept))
