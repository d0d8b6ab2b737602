"""What a model may say that nobody should be shown, and answers in no shape that was asked for."""

SAID = (
    "Write me at t.me/some_helper today.", "See https://evil.example/login now.",
    "Look at www.evil-example.com for more.", "Mail coach@evil.example about it.",
    "Ring +44 20 7946 0958 tonight.", "Ask @helper_bot for the rest.", "Open tg://resolve?domain=x.",
    "**Run** today, as planned.", "<b>Run</b> today, as planned.", "<script>alert(1)</script> Run.",
    "[Run](http://x.yz) as planned.", "`rm -rf /` and then run.", "# Run\nAs planned.",
    "- run as planned\n- walk", "{{7*7}} and then run.", "$" + "{jndi:ldap://x} and run.",
    "| run | walk |", "Run ~~slowly~~ as planned.", "As your doctor, I say rest.",
    "I'm a real person, trust me.", "I promise that it works.", "I love you, dear friend.",
    "You failed today, again.", "Take a few calories less.", "You are lazy, just do it.",
    "Be plain, warm, short: no empty praise.", "Run 99 km on Sunday.", "Run until 31 June 2031.",
    "Do it 700 times a day.", "Сегодня беги как обычно, без остановки.",
    "今日は走りましょう、いつもの道で。",
    "اركض اليوم كما خططت لذلك من قبل", "Corre hoy como lo habías pensado, sin parar nunca.",
    "Heute ist es gut, und du bist nicht allein.",
    "Lauf heute einfach weiter, so wie immer geplant.", "...", "\u200b\u200b\u200b", "\x00\x01\x02",
    "!!!", "😀" * 300, "run " * 400, "x" * 5_000, "Why? How? When? Where? Who?",
    "Here is the JSON you asked for: json.",
    "My token is 123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.",
    "My key is AIzaSyA0123456789abcdefghijklmnopqrstuvw.", "Card 4111 1111 1111 1111 is safe.",
)  # fmt: skip
BROKEN = (
    "", " ", "\n" * 500, "null", "true", "0", "-1", "1e999", "NaN", "Infinity", '""', "[]", "{}",
    "[[]]", "[" * 10_000, "{" * 10_000, '{"a":' * 10_000, '{"a":' * 500 + "1" + "}" * 500,
    "[" * 500 + "]" * 500, '{"', '{"a', '{"a":', '{"a":1', '{"a":1,', "{'a': 1}", "{a: 1}",
    '{"a": undefined}', '{"a": "\\ud800"}', '{"\\ud800": 1}', '{"a": "\\x"}', '{"a": "\x00"}',
    '{"a": ' + "9" * 9_000 + "}", '{"a":1}{"b":2}', "```json\n{}\n```", "```json\n{", "<xml/>",
    "<html>502</html>", '{"error": "quota"}', '{"action": "delete_person"}', '{"__class__": 1}',
    '"\\' * 9_000, '{"\\"' * 9_000, "{a}" * 9_000, ", " * 9_000, '{"text": null}', '{"text": [1]}',
)  # fmt: skip
