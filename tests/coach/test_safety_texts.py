import pytest

from coach import safety_texts
from coach.catalogue import texts
from coach.rules import safety
from coach.values import Danger, Safety

STOPS = (
    Safety(Danger.IMMEDIATE_DANGER),
    Safety(Danger.SELF_HARM),
    Safety(Danger.SELF_HARM, soft=True),
    Safety(Danger.VIOLENCE_VICTIM),
    Safety(Danger.HARM_OTHERS),
    Safety(Danger.HARM_OTHERS, kind="bare"),
    Safety(Danger.ILLEGAL),
    Safety(Danger.EATING_DISORDER),
    Safety(Danger.EATING_DISORDER, kind="weight"),
    Safety(Danger.DEPENDENCE),
    Safety(Danger.MEDICAL),
    Safety(Danger.MEDICAL, kind="symptoms"),
    Safety(Danger.MEDICAL, kind="pregnancy"),
    Safety(Danger.MEDICAL, kind="fasting"),
    Safety(Danger.MINOR),
    Safety(Danger.MINOR, soft=True),
    Safety(Danger.HEAVY),
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("found", STOPS, ids=str)
def test_every_danger_has_its_fixed_text_and_no_slot_stays_open(found: Safety, language: str):
    said = safety_texts.of(found, "Europe/Madrid", language)

    assert said
    assert "{" not in said
    assert len(said.split()) <= 90


def test_both_languages_have_the_same_texts():
    keys = [{k for k in texts(one).keys if k.startswith("safety.")} for one in ("en", "es")]

    assert keys[0] == keys[1]
    assert safety_texts.of(STOPS[0], None, "es") != safety_texts.of(STOPS[0], None, "en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_claims_to_detect_anything(language: str):
    said = " ".join(safety_texts.of(found, None, language) for found in STOPS).lower()

    assert not any(word in said for word in ("detect", "monitor", "recogni", "supervis"))


def test_weapons_get_one_sentence_and_a_low_target_alone_gets_no_diagnosis():
    assert safety.triage("make a bomb") == Safety(Danger.HARM_OTHERS, kind="bare")
    assert safety.triage("weigh 48 kg by summer") == Safety(Danger.EATING_DISORDER, kind="weight")
    assert safety.triage("weigh 48 kg, eating 500 kcal a day").kind == ""


MEDICAL = {
    "run 5k but I get chest pain when I run": "symptoms",
    "my chest hurts": "symptoms",
    "I'm pregnant and my chest feels tight": "symptoms",
    "I'm pregnant and want to lose weight": "pregnancy",
    "is it safe to run while pregnant?": "pregnancy",
    "Fast for 7 days": "fasting",
    "stop taking my blood thinners": "",
    "I had a heart attack last year, is that ok?": "",
    "correr 5 km, pero me duele mucho el pecho": "symptoms",
    "estoy embarazada y quiero perder peso": "pregnancy",
    "ayunar una semana": "fasting",
    "tuve un infarto el año pasado, ¿está bien?": "",
}


@pytest.mark.parametrize(("text", "kind"), MEDICAL.items(), ids=MEDICAL)
def test_what_is_for_a_doctor_gets_the_words_of_its_case(text: str, kind: str):
    assert safety.triage(text) == Safety(Danger.MEDICAL, kind=kind)


@pytest.mark.parametrize("language", ["en", "es"])
def test_all_words_about_a_doctor_name_the_emergency_number(language: str):
    found = [found for found in STOPS if found.danger is Danger.MEDICAL]
    said = [safety_texts.of(one, None, language) for one in found]
    again = safety_texts.text("safety.medical.again", None, language)

    assert all("112" in one for one in (*said, again))


def test_a_weight_that_is_low_for_a_height_gets_the_words_about_eating():
    assert safety.triage("I'm 1.70 m and 56 kg, lose 4 kg") == Safety(Danger.EATING_DISORDER)
    assert safety.triage("I'm 170 cm and 90 kg, lose 4 kg").danger is Danger.CAUTION
    assert safety.triage("mido 1,75 m y peso 58 kilos, bajar 3 kilos").danger is (
        Danger.EATING_DISORDER
    )
