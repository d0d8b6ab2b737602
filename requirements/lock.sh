#!/bin/sh
# Renew the locks: hashed, for every platform, without the address of any index, and of
# nothing younger than a week, so that a poisoned release has time to be found.
set -eu
cd "$(dirname "$0")/.."

week_ago=$(.venv/bin/python -c 'import time; print(time.strftime("%Y-%m-%d", time.gmtime(time.time() - 7 * 86400)))')

compile() {
    .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
        --exclude-newer "$week_ago" --generate-hashes --no-emit-index-url \
        --no-header --no-annotate "$@"
}

compile requirements/bootstrap.in --output-file requirements/bootstrap.txt
compile pyproject.toml --constraint requirements/constraints.in \
    --output-file requirements/runtime.txt
compile pyproject.toml --all-extras --group dev \
    --constraint requirements/runtime.txt --output-file requirements/dev.txt
compile requirements/scale.in --constraint requirements/dev.txt \
    --output-file requirements/scale.txt
compile requirements/supply.in --constraint requirements/dev.txt \
    --output-file requirements/supply.txt
# aiogram wants an older pydantic than the program: it is measured in an environment of its own.
compile requirements/bench.in --output-file requirements/bench.txt
