from coach.steps.step import Shape, Step, Voice


class Inner(Shape):
    """Words that a model need not read."""

    description: int


class Outer(Shape):
    title: str
    inner: list[Inner]


def test_a_schema_carries_no_words_but_every_property():
    request = Step("coaching_reply", Outer, 10).request({}, Voice())

    assert request.schema == {
        "$defs": {
            "Inner": {
                "additionalProperties": False,
                "properties": {"description": {"type": "integer"}},
                "required": ["description"],
                "type": "object",
            }
        },
        "additionalProperties": False,
        "properties": {
            "title": {"type": "string"},
            "inner": {"items": {"$ref": "#/$defs/Inner"}, "type": "array"},
        },
        "required": ["title", "inner"],
        "type": "object",
    }
