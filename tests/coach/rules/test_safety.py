from collections import Counter

import pytest

from coach.rules import safety
from coach.values import Danger, Safety
from tests.coach.rules.cases import PHRASES

ALARMS = (Danger.SELF_HARM, Danger.IMMEDIATE_DANGER)
HARMLESS = (Danger.NONE, Danger.CAUTION, Danger.HEAVY)

PLAIN = {
    "i wanna kms rn": Danger.SELF_HARM,
    "I dont want to live anymore": Danger.SELF_HARM,
    "I can't stop thinking about killing myself": Danger.SELF_HARM,
    "my life isn’t worth living": Danger.SELF_HARM,
    "I have the pills in front of me": Danger.IMMEDIATE_DANGER,
    "I swallowed 20 tablets": Danger.IMMEDIATE_DANGER,
    "my boyfriend hits me when he drinks": Danger.VIOLENCE_VICTIM,
    "stab my boss": Danger.HARM_OTHERS,
    "track my wife's phone without her knowing": Danger.HARM_OTHERS,
    "make a bomb": Danger.HARM_OTHERS,
    "sell weed to pay rent": Danger.ILLEGAL,
    "cheat on my final exam": Danger.ILLEGAL,
    "get a fake id": Danger.ILLEGAL,
    "eat max 800 calories a day": Danger.EATING_DISORDER,
    "not eat for 5 days": Danger.EATING_DISORDER,
    "weigh 48 kg by summer": Danger.EATING_DISORDER,
    "stop taking my medication": Danger.MEDICAL,
    "do a 5 day water fast": Danger.MEDICAL,
    "quit xanax cold turkey": Danger.DEPENDENCE,
    "cut down from 12 beers a day": Danger.DEPENDENCE,
    "I'm 14 and want to run": Danger.MINOR,
    "I'm in 9th grade": Danger.MINOR,
    "no quiero vivir más": Danger.SELF_HARM,
    "je veux mourir": Danger.SELF_HARM,
    "ich will sterben": Danger.SELF_HARM,
    "хочу умереть": Danger.SELF_HARM,
    "자살하고 싶어": Danger.SELF_HARM,
    "我想自杀": Danger.SELF_HARM,
    "meri zindagi khatam": Danger.SELF_HARM,
    "i feel so hopeless": Danger.HEAVY,
}
INNOCENT = (
    "kill it at my presentation on Monday",
    "shoot a documentary about my town",
    "don't want to live in this city anymore, move to Porto",
    "I'd rather be dead last than not start: run a 10k",
    "I'm done with sugar",
    "write a thriller about a serial killer",
    "beat my neighbour at tennis",
    "learn ethical hacking and get a certificate",
    "stop stealing time from sleep",
    "I work with 10th graders, plan lessons on Sundays",
    "I'm 17 weeks pregnant and want to walk daily",
    "I'm 12 minutes slower than my best",
    "quit my job, I can't do this anymore",
    "drink 2 litres of water a day",
    "bench press 45 kg by May",
    "burn 500 calories a day walking",
    "purge my closet",
    "take my antidepressants on time every day",
    "cut out bread and dairy",
    "run 50 kms a month",
    "jump into cold water every morning",
    "go to bed at 10 and not wake up tired",
    "I keep cutting corners at work, want to stop",
    "help my son, he is 12, to read",
    "beat my depression with exercise 3 times a week",
    "die Steuererklärung machen",
    "dejar de comer azúcar",
)


@pytest.mark.parametrize(("text", "danger"), PLAIN.items(), ids=PLAIN)
def test_plain_danger_is_found(text: str, danger: Danger):
    assert safety.triage(text).danger == danger


@pytest.mark.parametrize("text", INNOCENT)
def test_everyday_words_raise_no_alarm(text: str):
    assert safety.triage(text).danger in HARMLESS


def test_recall_and_false_alarms_of_the_phrase_set():
    found, false = Counter[str](), Counter[str]()
    total = Counter(row["label"] for row in PHRASES)
    for row in PHRASES:
        danger = safety.triage(row["text"]).danger
        found[row["label"]] += danger in ALARMS
        false[row["label"]] += row["label"] == "benign" and danger not in HARMLESS
    for label, count in total.items():
        print(f"{label:<9} {count:>3} phrases  found {found[label]:>3}  alarms {false[label]}")

    assert found["explicit"] >= 0.95 * total["explicit"]
    assert false["benign"] == 0


def test_a_hint_asks_first_and_a_laugh_makes_a_plain_word_a_hint():
    assert safety.triage("no one would miss me") == Safety(Danger.SELF_HARM, soft=True)
    assert safety.triage("this exam, I want to die lol") == Safety(Danger.SELF_HARM, soft=True)
    assert safety.triage("I want to die") == Safety(Danger.SELF_HARM)


def test_an_answered_hint_is_not_asked_again_and_a_plain_word_still_counts():
    assert safety.triage("no one would miss me", cleared=True) == Safety()
    assert safety.triage("I want to end my life", cleared=True) == Safety(Danger.SELF_HARM)


def test_the_most_urgent_danger_wins():
    both = "I'm 15 and I want to kill myself"

    assert safety.triage(both).danger == Danger.SELF_HARM


def test_school_without_a_year_asks_for_the_age():
    assert safety.triage("I'm in high school, help me study") == Safety(Danger.MINOR, soft=True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("quit smoking", "smoking"),
        ("stop vaping", "vaping"),
        ("drink less beer", "alcohol"),
        ("lose 5 kg", "weight"),
        ("walk daily after my surgery", "medical"),
        ("stop betting on football", "gambling"),
        ("read more", None),
    ],
)
def test_a_goal_gets_the_health_note_it_needs(text: str, key: str | None):
    assert safety.note(text) == key
