import pytest

from coach.rules import data_wishes


@pytest.mark.parametrize(
    ("text", "language", "command"),
    [
        ("Delete my data", "en", "delete"),
        ("please delete all my data.", "en", "delete"),
        ("can you erase everything you know about me?", "en", "delete"),
        ("Forget everything about me", "en", "delete"),
        ("I want to delete my account", "en", "delete"),
        ("What do you do with my data?", "en", "privacy"),
        ("what do you store about me", "en", "privacy"),
        ("is my data safe?", "en", "privacy"),
        ("who can read this?", "en", "privacy"),
        ("Export my data", "en", "export"),
        ("can you send me all my data please", "en", "export"),
        ("Borra mis datos", "es", "delete"),
        ("¿Puedes borrar todos mis datos?", "es", "delete"),
        ("quiero que borres todo lo que sabes de mí", "es", "delete"),
        ("¿Qué haces con mis datos?", "es", "privacy"),
        ("¿quién puede leer esto?", "es", "privacy"),
        ("Exporta mis datos", "es", "export"),
        ("delete my data", "es", "delete"),
    ],
)
def test_a_plain_wish_about_ones_data_is_understood(text: str, language: str, command: str):
    assert data_wishes.of(text, language) == command


@pytest.mark.parametrize(
    "text",
    [
        "I want to delete old photos",
        "delete my data hoard of 10 years, 20 minutes a day",
        "delete social media apps",
        "erase my debt by June",
        "export my business to Spain",
        "what do you think I should do",
        "learn data science",
        "remove everything from the attic by Sunday",
        "forget about him",
        "quiero borrar mis deudas",
        "borrar fotos viejas cada domingo",
        "",
    ],
)
def test_a_goal_or_other_talk_is_no_such_wish(text: str):
    assert data_wishes.of(text, "en") == data_wishes.of(text, "es") == ""
