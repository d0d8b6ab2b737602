"""Errors as traces tell them: by their type and place; their messages may quote words."""

import traceback
from pathlib import Path

from coach.llm.errors import ModelError

_HOME = Path(__file__).parent.parent


def told(error: Exception) -> dict[str, str]:
    """Tell an error as Opik takes it; the message is the kind of a model's error, or left out."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    told = {"exception_type": type(error).__name__, "traceback": "\n".join(places)}
    return told | {"message": error.kind} if isinstance(error, ModelError) else told


def _place(file: str) -> str:
    """Name a file as the project does; one of a library by its last two parts."""
    path = Path(file)
    if path.is_relative_to(_HOME) and ".venv" not in path.parts:
        return str(path.relative_to(_HOME))
    return "/".join(path.parts[-2:])
