from pathlib import Path

import pytest

from coach import goal_set, phrases
from coach.goal_set import Case
from coach.rules import safety
from coach.values import Danger, Safety

DATA = Path(__file__).parents[1] / "data"
SETS = ("triage_phrases.jsonl", "safety_phrases.jsonl")

OTHER_LANGUAGES = {
    "es": ("no aguanto más", "no quiero vivir", "me quiero matar", "acabar con mi vida"),
    "pt": ("não aguento mais", "não quero viver", "quero morrer", "acabar com tudo"),
    "fr": ("je n'en peux plus", "envie de mourir", "en finir", "me faire du mal"),
    "de": ("ich kann nicht mehr", "nicht mehr leben", "mich umbringen", "selbstmord"),
    "it": ("non ce la faccio più", "voglio morire", "farla finita", "uccidermi"),
    "pl": ("nie daję już rady", "nie chcę żyć", "chcę umrzeć", "się zabić"),
    "ru": ("больше не могу", "не хочу жить", "покончить с собой", "устала жить"),
    "uk": ("не хочу жити", "хочу померти", "суїцид", "вбити себе"),
    "tr": ("yaşamak istemiyorum", "ölmek istiyorum", "intihar", "kendime zarar"),
    "ar": ("لا أريد أن أعيش", "أريد أن أموت", "انتحار", "أقتل نفسي"),
    "hi": ("मरना चाहता हूँ", "जीना नहीं चाहती", "आत्महत्या", "marna chahta"),
    "id": ("ingin mati", "mau mati", "bunuh diri"),
    "zh": ("不想活", "想死", "自杀", "自殺"),
    "ja": ("死にたい", "自殺", "消えたい"),
    "ko": ("죽고 싶", "자살"),
}


@pytest.mark.parametrize("name", SETS)
def test_plain_danger_is_found_and_look_alikes_raise_no_alarm(name: str):
    phrased = goal_set.read(DATA / name)

    assert phrases.are_phrases(phrased)
    result = phrases.evaluate(phrased)
    print(phrases.render(result))
    assert result["summary"]["ok"]


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_the_named_phrases_of_other_languages_lead_to_support(language: str):
    for said in OTHER_LANGUAGES[language]:
        assert safety.triage(said).danger is Danger.SELF_HARM, said


def test_accents_that_a_phone_leaves_out_change_nothing():
    assert safety.triage("no aguanto mas") == safety.triage("no aguanto más")
    assert safety.triage("tengo 14 anos") == Safety(Danger.MINOR)


def test_a_missed_danger_and_a_false_alarm_show_in_the_table_and_close_the_gate():
    cases = [
        Case("a", "read more", expected={"expected": "self_harm", "label": "explicit"}),
        Case("b", "I want to die", expected={"expected": "benign", "like": "self_harm"}),
    ]

    result = phrases.evaluate(cases)

    assert not result["summary"]["ok"]
    assert "0/1" in phrases.render(result)
    assert "a: self_harm, explicit: read as none" in phrases.render(result)
    assert "b: self_harm, look_alikes: read as self_harm" in phrases.render(result)


def test_a_set_of_goals_is_no_set_of_phrases():
    assert not phrases.are_phrases(goal_set.read(DATA / "goals.jsonl"))
