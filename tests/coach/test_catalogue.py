from pathlib import Path

import pytest

from coach.catalogue import UnknownTextError, catalogue, languages, reviewed, texts

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: {forms}\\n"\n\n'
TWO = "nplurals=2; plural=(n != 1);"


def written(folder: Path, name: str, body: str, forms: str = TWO) -> None:
    (folder / name).write_text(HEAD.format(forms=forms) + body, encoding="utf-8")


def test_slots_are_filled_with_values_only(tmp_path: Path):
    written(tmp_path, "en.po", 'msgid "hello"\nmsgstr "Hello {name}"\n')

    assert catalogue(tmp_path, "en")("hello", name="{name} {0}") == "Hello {name} {0}"


def test_the_parts_of_a_language_are_merged(tmp_path: Path):
    written(tmp_path, "en.po", 'msgid "one"\nmsgstr "One"\n')
    written(tmp_path, "en.more.po", 'msgid "two"\nmsgstr "Two"\n')

    t = catalogue(tmp_path, "en")

    assert (t("one"), t("two"), "two" in t) == ("One", "Two", True)


def test_a_key_that_a_language_lacks_is_read_in_english(tmp_path: Path):
    written(tmp_path, "en.po", 'msgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr "B"\n')
    written(tmp_path, "de.po", 'msgid "a"\nmsgstr "Ä"\n')

    t = catalogue(tmp_path, "de")

    assert (t("a"), t("b")) == ("Ä", "B")
    assert languages(tmp_path) == ("de", "en")


def test_an_unknown_key_is_an_error_that_names_it():
    with pytest.raises(UnknownTextError) as caught:
        texts("en")("no.such.key")
    assert caught.value.key == "no.such.key"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 minute"), (2, "2 minutes"), (0, "0 minutes"), (0.5, "0.5 minutes")]
)
def test_numbers_choose_their_form(tmp_path: Path, n: float, said: str):
    body = 'msgid "m"\nmsgid_plural "m"\nmsgstr[0] "{n} minute"\nmsgstr[1] "{n} minutes"\n'
    written(tmp_path, "en.po", body)

    assert catalogue(tmp_path, "en").n("m", n) == said


def test_variants_are_the_numbered_keys_of_a_prefix(tmp_path: Path):
    body = "".join(f'msgid "r.{n}"\nmsgstr "x"\n\n' for n in ("2", "1", "1.if", "a"))
    written(tmp_path, "en.po", body)

    assert catalogue(tmp_path, "en").variants("r") == ("r.1", "r.2")


def test_what_two_words_become_where_a_slot_brings_them_together_is_written_so(tmp_path: Path):
    written(tmp_path, "es.po", 'msgid "a"\nmsgstr "el plan de {thing}"\n')
    t = catalogue(tmp_path, "es")

    assert t("a", thing="el garaje") == "el plan del garaje"
    assert t("a", thing="El Salvador") == "el plan de El Salvador"


def test_safety_texts_nobody_is_known_to_have_read_are_not_reviewed():
    assert reviewed("en").safety
    assert not reviewed("es").safety
    assert not reviewed("eo").safety
