import tomllib
from datetime import date
from pathlib import Path

import pytest

from coach.llm import prices
from coach.llm.port import ModelRequest, Usage
from coach.llm.prices import FREE, price

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("provider", "model", "dollars"),
    [
        ("gemini", "gemini-3.1-flash-lite", 1.75),
        ("gemini", "models/gemini-3.1-flash-lite-preview-09", 1.75),
        ("gemini-legacy", "gemini-2.5-flash-lite", 0.5),
        ("openai-compatible", "gemini-3.5-flash-lite", 2.8),
        ("gemini", "gemini-9-unheard-of", 4.5),
        ("openai-compatible", "qwen3:4b", 0),
    ],
    ids=["known", "dated", "legacy", "known elsewhere", "unknown at Google", "self-run"],
)
def test_a_million_tokens_each_way_cost_what_the_list_says(
    provider: str, model: str, dollars: float
):
    assert price(provider, model).of(Usage(MILLION, MILLION)) == dollars * MILLION


def test_thinking_costs_as_output_and_a_part_of_a_millionth_as_a_whole():
    flash_lite = price("gemini", "gemini-3.1-flash-lite")

    assert flash_lite.of(Usage(prompt=3, output=1, thinking=2)) == 6
    assert FREE.of(Usage(MILLION, MILLION)) == 0


def test_most_holds_the_whole_output_room_to_think_and_a_third_of_the_prompts_bytes():
    request = ModelRequest("plan", "ж" * 150, schema={}, max_output_tokens=240)

    assert prices.most(request) == Usage(102, 240 + 256, estimated=True)


def test_the_list_has_a_date():
    assert isinstance(tomllib.loads(Path(prices._FILE).read_text())["as_of"], date)
