"""Forks `rein run`: the whole program is loaded once, and each start is a process of its own.

Reads one wish a line, `{"settings": {...}, "folder": ...}`; answers `born PID`, then
`died STATUS`. What a start prints goes to `out` and `err` in its folder.
"""

import json
import os
import sys
from pathlib import Path
from typing import NoReturn

from bot import __main__ as program
from bot import app, cli, service


def main() -> None:
    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if child == 0:
            start(wish["settings"], Path(wish["folder"]))
        print(f"born {child}", flush=True)
        print(f"died {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}", flush=True)


def start(settings: dict[str, str], folder: Path) -> NoReturn:
    """Be `rein run` with these settings in this folder."""
    os.chdir(folder)
    os.environ.update(settings)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream)
    status = 1
    try:
        sys.argv = ["rein", "run"]
        program.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(status)


if __name__ == "__main__":
    assert app.running
    assert cli.run
    assert service.run
    main()
