import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import redaction


@given(st.text())
def test_escaped_text_is_one_line_that_prints_and_encodes(text: str):
    escaped = redaction.escaped(text)

    assert len(escaped.splitlines()) <= 1
    assert escaped.encode().decode() == escaped
    assert not {"\x1b", "\u202e", "\x00"} & set(escaped)


@given(st.text(min_size=4), st.text(), st.text())
def test_a_secret_is_taken_out_wherever_it_stands(secret: str, before: str, after: str):
    redact = redaction.Redaction([secret, "unrelated"])

    assert redaction.REDACTED in redact.text(f"{before}{secret}{after}")


@pytest.mark.parametrize(
    "text",
    ["12345:short", "at 10:30 we met", "AIza", "https://example.org/bot/help", "2026-11-23T10:00"],
)
def test_what_only_resembles_a_secret_stays(text: str):
    assert redaction.Redaction([]).text(text) == text
