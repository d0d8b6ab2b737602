"""Ask a public list of weaknesses about every locked package: `make audit`.

Exit 1 where one is known. Where the list cannot be reached, or knows nothing of our packages (an
index of one's own often does not), nothing was audited: one line says so, and it is no failure.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCKS = ("runtime.txt", "dev.txt")


def main() -> int:
    """Audit each lock; return the exit code."""
    return max(_told(lock, _audit(HERE / lock)) for lock in LOCKS)


def _audit(lock: Path) -> list[dict[str, Any]] | None:
    """List what is known of the packages of a lock; None where nobody could be asked."""
    options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", *options, "--requirement", str(lock)]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    try:
        return json.loads(said)["dependencies"]
    except ValueError:
        return None


def _told(lock: str, found: list[dict[str, Any]] | None) -> int:
    asked = [one for one in found or () if "skip_reason" not in one]
    if not asked:
        print(f"{lock}: NOT AUDITED, no list of weaknesses that knows its packages can be reached")
        return 0
    weak = [one for one in asked if one["vulns"]]
    for one in weak:
        fixed = {
            f"{each['id']} (fixed in {', '.join(each['fix_versions']) or 'no release'})"
            for each in one["vulns"]
        }
        print(f"{lock}: {one['name']} {one['version']}: {'; '.join(sorted(fixed))}")
    unknown = len(found or ()) - len(asked)
    print(f"{lock}: {len(asked)} packages audited, {unknown} unknown, {len(weak)} weak")
    return int(bool(weak))


if __name__ == "__main__":
    sys.exit(main())
