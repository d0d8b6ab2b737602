"""From a sentence to a plan by rules alone: `python -m examples.by_rules "read more"`."""

import sys

from coach.coach import Coach


def main(text: str = "I want to run a 10k by April") -> None:
    """Print the resolution, the plan and their scores."""
    Coach().end_to_end(text).show()


if __name__ == "__main__":
    main(*sys.argv[1:])
