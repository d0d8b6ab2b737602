import pytest

from bot.sandbox.shapes import Json, utf16_chunks, utf16_length
from bot.sandbox.text import entities, html


def entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("plain &lt;&amp;&gt; &quot;&#33;&#x21;", 'plain <&> "!!', []),
        ("&copy; & &unknown;", "&copy; & &unknown;", []),
        ("<b>a</b><strong>b</strong>", "ab", [entity("bold", 0, 1), entity("bold", 1, 1)]),
        ("<B>up</B>", "up", [entity("bold", 0, 2)]),
        ("<i>a<u>b</u></i>", "ab", [entity("underline", 1, 1), entity("italic", 0, 2)]),
        ("💪<em>x</em>", "💪x", [entity("italic", 2, 1)]),
        ("<s>x</s>", "x", [entity("strikethrough", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ("<code>x</>", "x", [entity("code", 0, 1)]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="py")],
        ),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        (
            "<blockquote expandable>x</blockquote>",
            "x",
            [entity("expandable_blockquote", 0, 1)],
        ),
        (
            '<a href="https://a.org/?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://a.org/?a=1&b=2")],
        ),
        ("<a href='a.org'>x</a>", "x", [entity("text_link", 0, 1, url="http://a.org/")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, found: list[Json]):
    assert html.parse(source) == (text, found)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("é <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_telegram_refuses_is_refused_in_its_words(source: str, reason: str):
    with pytest.raises(html.MarkupError) as refused:
        html.parse(source)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [entity("bot_command", 0, 6)]),
        ("/start@rein_bot now", [entity("bot_command", 0, 15)]),
        ("💪 /plan", [entity("bot_command", 3, 5)]),
        ("and/or 1/2 //x", []),
        ("see https://a.org/x.", [entity("url", 4, 15)]),
        ("write a@b.org or @someone", [entity("email", 6, 7), entity("mention", 17, 8)]),
    ],
)
def test_plain_text_has_its_commands_and_links_found(text: str, found: list[Json]):
    assert entities.found_in(text) == found


def test_trimming_moves_and_cuts_entities():
    text, found = entities.complete("  a bc  ", [entity("bold", 0, 5), entity("italic", 6, 2)])

    assert (text, found) == ("a bc", [entity("bold", 0, 3)])


def test_nothing_is_found_inside_code():
    assert entities.complete("/a /b", [entity("code", 0, 2)])[1] == [
        entity("code", 0, 2),
        entity("bot_command", 3, 2),
    ]


def test_long_text_is_cut_between_characters():
    chunks = utf16_chunks("a💪" * 5, 4)

    assert "".join(chunks) == "a💪" * 5
    assert max(map(utf16_length, chunks)) <= 4
