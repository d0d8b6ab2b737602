"""The coach over goals of your own, measured: `python -m examples.evaluating`."""

import asyncio

from coach import evaluation
from coach.coach import Coach
from coach.goal_set import Case

GOALS = (
    Case("run", "run a 10k by April", expected={"route": "coach", "expected_domain": "fitness"}),
    Case("novel", "write 500 words a day", expected={"goal_type": "habit"}),
)


async def main() -> None:
    """Print each resolution, and how often the coach did what was expected."""
    result = await evaluation.evaluate(GOALS, Coach())
    for case in result["cases"]:
        print(case["resolution"]["line"], case["scores"])
    print(evaluation.render(result))


if __name__ == "__main__":
    asyncio.run(main())
