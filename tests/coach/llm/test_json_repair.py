import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.llm import json_repair
from coach.llm.errors import BrokenAnswerError

VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": [1, {"b": "}"}]}', id="as it should be"),
        pytest.param('```json\n{"a": [1, {"b": "}"}]}\n```', id="in a fence"),
        pytest.param('Sure! {"a": [1, {"b": "}"}]} Anything else?', id="amid chatter"),
        pytest.param('{"a": [1, {"b": "}",},],}', id="with commas too many"),
        pytest.param('See {this}: {"a": [1, {"b": "}"}]}', id="after braces that hold none"),
        pytest.param('A 5" screen: {"a": [1, {"b": "}"}]}', id="after a quote that never ends"),
    ],
)
def test_json_is_found_in_what_a_model_wrote(text: str):
    assert json_repair.parse(text) == {"a": [1, {"b": "}"}]}


def test_commas_and_line_breaks_within_a_string_stay():
    assert json_repair.parse('{"a": "one,] two,\n}",}') == {"a": "one,] two,\n}"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I can't.",
        '{"a": 1',
        '{"a": "cut of',
        "<html>{}</html"[:6],
        "{" * 30_000,
        "[" * 30_000,
        "x" * 40_000,
    ],
    ids=[
        "nothing",
        "prose",
        "cut",
        "cut in a string",
        "HTML",
        "only braces",
        "only brackets",
        "far too long",
    ],
)
def test_what_holds_no_json_is_a_broken_answer(text: str):
    with pytest.raises(BrokenAnswerError):
        json_repair.parse(text)


@given(st.dictionaries(st.text(), VALUES, max_size=3))
def test_any_object_is_found_in_a_fence(value: dict[str, Any]):
    fenced = f"Here you are:\n```json\n{json.dumps(value, ensure_ascii=False)}\n```"

    assert json_repair.parse(fenced) == value


@given(st.text(st.sampled_from('{}[]",:\\ \na1')))
def test_no_text_does_more_than_be_broken(text: str):
    try:
        json_repair.parse(text)
    except BrokenAnswerError:
        return
