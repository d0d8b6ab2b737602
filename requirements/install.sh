#!/bin/sh
# Set up .venv from the hashed locks: requirements/install.sh runtime|dev|supply
#
# Needs Python 3.11 or newer with its own venv and pip, and a package index that pip or uv
# reaches. Says in one line what is missing. Set PYTHON to choose another Python.
set -eu
cd "$(dirname "$0")/.."

wanted=$1
python=${PYTHON:-python3}

stop() {
    echo "rein: $*" >&2
    exit 1
}

check_python() {
    command -v "$python" >/dev/null 2>&1 ||
        stop "$python is not there. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "$("$python" --version 2>&1) is too old. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python comes without venv. Install it (on Debian and Ubuntu: apt-get install python3-venv)"
}

unreachable() {
    stop "the packages of requirements/$1 could not be installed (reason above). Is a package index reachable? Set PIP_INDEX_URL or UV_DEFAULT_INDEX for one of your own"
}

make_venv() {
    check_python
    # A half-made environment is worse than none: begin again.
    rm -rf .venv
    echo "rein: making .venv with $("$python" --version)"
    "$python" -m venv .venv || stop "$python could not make .venv (reason above)"
}

pip_install() {
    .venv/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r "$1"
}

install_lock() {
    echo "rein: installing requirements/$1"
    # uv is quick but reads no pip configuration: where only pip knows the index, pip it is.
    .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "requirements/$1" ||
        { echo "rein: trying again with pip"; pip_install "requirements/$1"; } || unreachable "$1"
}

install_rein() {
    .venv/bin/python -m pip --disable-pip-version-check install --quiet --no-index --no-deps \
        --no-build-isolation --config-settings editable_mode=compat --editable . ||
        stop "the command rein could not be installed (reason above)"
}

.venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || make_venv
if ! [ .venv/.bootstrap -nt requirements/bootstrap.txt ]; then
    pip_install requirements/bootstrap.txt || unreachable bootstrap.txt
    touch .venv/.bootstrap
fi
install_lock "$wanted.txt"
install_rein
touch ".venv/.$wanted"
