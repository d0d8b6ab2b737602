"""Carries out a Dockerfile's steps without an engine: files are copied, RUN lines are run.

Absolute paths of the image lie below a folder here. What it cannot show: the base image,
users, the volume, the health check's timing, and limits of the container.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: its word and what follows it."""

    word: str
    rest: str


def steps(text: str) -> list[Step]:
    """Read the instructions of a Dockerfile, comments left out and long lines joined."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    joined = re.sub(r"\s*\\\n\s*", " ", lines)
    return [Step(*line.split(" ", 1)) for line in joined.splitlines() if line]


@dataclass
class Image:
    """A folder that stands for the file system of an image being made."""

    root: Path
    context: Path
    workdir: str = "/"
    environment: dict[str, str] = field(default_factory=dict[str, str])
    command: list[str] = field(default_factory=list[str])
    user: str = "root"

    def take(self, step: Step) -> None:
        """Carry out one instruction; those without an effect here are passed over."""
        action = {
            "FROM": self._begin_stage,
            "WORKDIR": self._enter,
            "COPY": self._copy,
            "RUN": self._run,
            "ENV": self._set,
            "USER": self._become,
            "CMD": self._remember,
        }.get(step.word)
        if action:
            action(step.rest)

    def start(self, *changed: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the image's command, or *changed* instead, as its own environment would."""
        command = list(changed) or self.command
        here = {name: self._here(value) for name, value in self.environment.items()}
        program = shutil.which(command[0], path=here["PATH"]) or command[0]
        return subprocess.run(
            [program, *command[1:]],
            cwd=self._path(self.workdir),
            env=here | environment,
            capture_output=True,
            text=True,
        )

    def _begin_stage(self, _: str) -> None:
        """Set the last stage aside: what the next one does not copy is not in the image."""
        before = self.root.with_name("before")
        shutil.rmtree(before, ignore_errors=True)
        if self.root.exists():
            self.root.rename(before)
        self.root.mkdir()
        self.workdir, self.environment = "/", {"PATH": os.defpath}

    def _enter(self, path: str) -> None:
        self.workdir = path
        self._path(path).mkdir(parents=True, exist_ok=True)

    def _copy(self, rest: str) -> None:
        words = shlex.split(rest)
        flags = [word for word in words if word.startswith("--")]
        *sources, target = [word for word in words if not word.startswith("--")]
        earlier = any(flag.startswith("--from=") for flag in flags)
        for source in sources:
            if earlier:
                # Moved, because scripts inside name the place where they were made.
                self._path(target).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(self.root.with_name("before") / source.lstrip("/"), self._path(target))
            elif (self.context / source).is_dir():
                shutil.copytree(self.context / source, self._path(target), dirs_exist_ok=True)
            else:
                shutil.copy(self.context / source, self._path(target))

    def _run(self, line: str) -> None:
        # As in the image, `python` is one that has nothing installed.
        python = str(Path(sys.base_prefix, "bin"))
        environment = {**os.environ, "PATH": f"{python}:{os.environ['PATH']}"}
        subprocess.run(
            ["sh", "-euc", self._here(line)],
            cwd=self._path(self.workdir),
            env=environment,
            check=True,
        )

    def _set(self, rest: str) -> None:
        for assignment in shlex.split(rest):
            name, value = assignment.split("=", 1)
            self.environment[name] = value.replace(f"${name}", self.environment.get(name, ""))

    def _become(self, user: str) -> None:
        self.user = user

    def _remember(self, rest: str) -> None:
        self.command = json.loads(rest)

    def _path(self, path: str) -> Path:
        return self.root / Path(self.workdir, path).relative_to("/")

    def _here(self, text: str) -> str:
        """Put the image's own folders, named absolutely, below our folder."""
        return re.sub(r"(?<![\w./])/(tools|opt|src|wheels|data|run)\b", rf"{self.root}/\1", text)
