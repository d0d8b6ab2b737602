"""Changes the master key and dies on the way: reads a failpoint a line, answers with the status.

python -m tests.storage.cut_off URL KEY_FILE
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from bot import rekeying
from bot.clock import SystemClock
from storage import failpoints


def main(url: str, key_file: Path) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                failpoints.arm(line.strip())
                rekeying.rekey(url, key_file, SystemClock().now(), patience=timedelta(0))
                status = 0
            finally:
                os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
