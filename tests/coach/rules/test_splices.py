import pytest

from coach.rules import splices


@pytest.mark.parametrize(
    ("language", "plural", "singular"),
    [
        ("en", "applications", "application"),
        ("en", "stories", "story"),
        ("es", "canciones", "canción"),
        ("es", "dibujos", "dibujo"),
        ("eo", "apples", "apple"),
    ],
)
def test_typed_plurals_have_a_singular(language: str, plural: str, singular: str):
    assert splices.of(language).singular(plural) == singular


@pytest.mark.parametrize(
    ("language", "noun", "known"),
    [
        ("en", "a garage", "the garage"),
        ("en", "my garage", "my garage"),
        ("es", "un garaje", "el garaje"),
        ("es", "una novela", "la novela"),
    ],
)
def test_a_thing_is_known_from_its_second_mention(language: str, noun: str, known: str):
    assert splices.of(language).made_definite(noun) == known
