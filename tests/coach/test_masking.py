import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.masking import holds_contact, masked


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("write to ana.b+x@mail.example.co.uk please", "write to [email] please"),
        ("ring +34 612 345 678 tonight", "ring [phone] tonight"),
        ("mi móvil es 612 345 678", "mi móvil es [phone]"),
        ("call 555-123-4567", "call [phone]"),
        ("my id is 123456789", "my id is [phone]"),
        ("card 4111 1111 1111 1111 is full", "card [card] is full"),
        ("IBAN ES91 2100 0418 4502 0005 1332.", "IBAN [iban]."),
        ("server 192.168.10.20 is down", "server [ip] is down"),
        ("see https://a.example/x?y=1 or www.b.example", "see [link] or [link]"),
        ("my shop is anna-bakes.com/menu", "my shop is [link]"),
        ("follow @anna_b on t.me/anna", "follow [handle] on [link]"),
        ("123456789:AAH-abcdefghijklmnopqrstuvwxyz012345", "[key]"),
        ("my name is anna and I run", "my name is [name] and I run"),
        ("Hi, I'm Anna Smith. I smoke", "Hi, I'm [name]. I smoke"),
        ("me llamo Lucía Pérez, quiero correr", "me llamo [name], quiero correr"),
        ("soy Marta y fumo", "soy [name] y fumo"),
        ("run with my wife Julia", "run with my wife [name]"),
    ],
)
def test_names_and_contacts_stay_here(said: str, sent: str):
    assert masked(said) == sent


@pytest.mark.parametrize(
    "said",
    [
        "run 10 km by 18.04.2027",
        "write 1,000 words before 20:30",
        "from 2027-01-04 to 2027-04-18",
        "save 1,250,000,000 yen or € 10 000 000",
        "leer 12.500 páginas en 2026-2027",
        "3x10 push-ups, 60-90 s rest, 5:30/km, 3/4/2027",
        "walk 10000 steps, in bed by 22:30, 5.5 hours",
        "I'm Spanish and this is Monday. I'm tired.",
        "the 2nd version v1.2.3 of my app by 1/2/27",
        "100 000 000 words",
    ],
)
def test_the_figures_of_a_goal_are_sent_as_typed(said: str):
    assert masked(said) == said


def test_of_a_long_text_the_beginning_and_the_end_are_sent():
    sent = masked("a" * 1500 + "b" * 1500)

    assert len(sent) == 2000
    assert sent.startswith("a" * 1100)
    assert sent.endswith("b" * 800)


@given(st.text(max_size=60), st.sampled_from(["x@y.example", "+44 20 7946 0958", "t.me/abc"]))
def test_a_contact_is_found_wherever_it_stands(around: str, contact: str):
    sent = masked(f"{around} {contact} {around}")

    assert contact not in sent
    assert holds_contact(contact)


@given(st.integers(0, 9_999_999), st.sampled_from(["", " km", " words", " min", "%"]))
def test_a_plain_number_of_up_to_seven_digits_is_sent(number: int, unit: str):
    assert masked(f"do {number}{unit} now") == f"do {number}{unit} now"


@given(st.dates(), st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%m-%d-%Y"]))
def test_a_date_is_sent(day: object, form: str):
    assert masked(f"by {day:{form}}!") == f"by {day:{form}}!"


@given(st.text(max_size=300))
def test_what_is_masked_stays_masked(text: str):
    once = masked(text)

    assert re.sub(r"\[\w+\]", "", masked(once)) == re.sub(r"\[\w+\]", "", once)
