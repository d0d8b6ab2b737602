# Rein in a container: only Python, the locked packages and the program; it runs as nobody,
# from a read-only root, and writes to /data and /tmp alone. See compose.yaml for the rest.
#
# The tag names the Python and the Debian, so that their security fixes still come in.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements/ requirements/
RUN python -m venv /tools && /tools/bin/pip install --require-hashes -r requirements/bootstrap.txt
RUN python -m venv --without-pip /opt/rein && /tools/bin/uv pip install --compile-bytecode --python /opt/rein/bin/python --require-hashes -r requirements/runtime.txt
ARG SCALE=
RUN if [ -n "${SCALE:-}" ]; then /tools/bin/uv pip install --compile-bytecode --python /opt/rein/bin/python --require-hashes -r requirements/scale.txt; fi
COPY pyproject.toml README.md ./
COPY bot/ bot/
COPY coach/ coach/
COPY storage/ storage/
RUN /tools/bin/pip wheel --no-index --no-deps --no-build-isolation --wheel-dir /wheels .
RUN /tools/bin/uv pip install --no-index --no-deps --compile-bytecode --python /opt/rein/bin/python /wheels/*.whl
RUN mkdir /data

FROM python:3.11-slim-bookworm
COPY --from=build /opt/rein /opt/rein
COPY --from=build --chown=10001:10001 /data /data
ENV PATH=/opt/rein/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    MASTER_KEY_FILE=/run/secrets/master_key
# The default database, sqlite:///data/rein.db, is relative: from here it lies on the volume.
WORKDIR /
VOLUME /data
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ.get(\"HTTP_PORT\", 8080)}/healthz', timeout=4)"]
CMD ["rein", "run"]
