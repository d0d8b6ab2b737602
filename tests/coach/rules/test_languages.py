import pytest

from coach.coach import Coach
from coach.rules import languages, lexicon


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("I want to run three times a week", "en", "English"),
        ("Quiero correr tres veces por semana", "es", "Español"),
        ("necesito bajar de peso antes de marzo", "es", "Español"),
        ("Ich möchte jeden Tag 20 Minuten lesen", "de", "Deutsch"),
        ("je veux arrêter de fumer avant juin", "fr", "Français"),
        ("quero parar de fumar até o fim do ano", "pt", "Português"),
        ("voglio smettere di fumare", "it", "Italiano"),
        ("chcę przestać palić przed końcem roku", "pl", "Polski"),
        ("sigarayı bırakmak istiyorum", "tr", "Türkçe"),
        ("saya ingin belajar bahasa Inggris setiap hari", "id", "Bahasa Indonesia"),
        ("ik wil elke dag minder roken", "nl", "Nederlands"),
        ("Хочу бросить курить до Нового года", "ru", "Русский"),
        ("хочу кинути палити до літа", "uk", "Українська"),
        ("أريد أن أتوقف عن التدخين", "ar", "العربية"),
        ("मैं रोज़ दौड़ना चाहता हूँ", "hi", "हिन्दी"),
        ("roz subah 30 min walk karna hai", "hi", "हिन्दी"),
        ("毎日30分走りたい", "ja", "日本語"),
        ("매일 30분 걷고 싶어요", "ko", "한국어"),
        ("我想每天跑步三十分钟", "zh", "中文"),
    ],
)
def test_a_text_is_told_by_its_script_or_its_small_words(text: str, code: str, name: str):
    found = Coach().language_of(text, "en")

    assert (found.code, found.name) == (code, name)


@pytest.mark.parametrize("text", ["sí", "fumar menos", "no", "😀🔥", "20 min", ""])
def test_a_short_text_stays_in_the_current_language(text: str):
    assert languages.of(text, "en").code == "en"
    assert languages.of(text, "es").code == "es"


@pytest.mark.parametrize(
    ("text", "code"), [("mon wed fri", "en"), ("Mon Tue Sat", "en"), ("mar jue sáb", "es")]
)
def test_days_are_words_of_their_language(text: str, code: str):
    assert languages.of(text, code).code == code


def test_a_text_of_no_known_language_is_unknown():
    found = languages.of("blorp zint quaggle frum", "en")

    assert (found.code, found.name, found.supported) == ("", "", False)


def test_a_language_counts_as_supported_when_it_can_be_read_and_written():
    assert languages.of("I want to read more", "en").supported
    assert not languages.of("Ich möchte mehr lesen und schlafen", "en").supported


def test_what_a_language_lacks_is_read_in_english():
    assert lexicon.table("xx/domains") == lexicon.table("en/domains")
    assert lexicon.wording("times", "noon", "xx") == lexicon.wording("times", "noon", "en")
