import pytest

from coach.catalogue import texts
from coach.rules import phrases, splices
from coach.values import Quantity


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


@pytest.mark.parametrize(
    ("behaviour", "amount", "text", "said"),
    [
        ("correr", Quantity(20, "min"), "correr 20 minutos", "correr 20 minutos"),
        ("leer", Quantity(10, "pages"), "leer 10 páginas", "leer 10 páginas"),
        ("leer libros", Quantity(10, "pages"), "", "leer 10 páginas"),
        ("beber agua", Quantity(2, "l"), "", "beber 2 litros de agua"),
        ("escribir mi novela", Quantity(500, "words"), "", "escribir 500 palabras de mi novela"),
        ("leer el periódico", Quantity(2, "pages"), "", "leer 2 páginas del periódico"),
        ("hacer flexiones", Quantity(20, "reps"), "", "hacer 20 flexiones"),
        (
            "enviar solicitudes de empleo",
            Quantity(5, "applications"),
            "enviar 5 solicitudes de empleo",
            "enviar 5 solicitudes de empleo",
        ),
        (
            "beber agua en vez de refresco",
            Quantity(2, "l"),
            "",
            "beber 2 litros de agua en vez de refresco",
        ),
        (
            "pasar tiempo con mis hijos",
            Quantity(30, "min"),
            "",
            "pasar 30 minutos con mis hijos",
        ),
        ("ahorrar dinero para un coche", Quantity(100, "EUR"), "", "ahorrar 100 € para un coche"),
    ],
)
def test_spanish_amounts_stand_where_spanish_puts_them(
    behaviour: str, amount: Quantity, text: str, said: str
):
    written = phrases.with_amount(behaviour, amount, texts("es"), text)

    assert written.replace("\N{NO-BREAK SPACE}", " ") == said
