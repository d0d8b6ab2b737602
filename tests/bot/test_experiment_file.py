"""The file of experiments: what is right is read, what is wrong stops the start in one line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import experiment_file, service, settings
from bot.cli import app
from bot.setting_sources import SettingsError

SOUND = """
[[experiment]]
name = "warmth"
step = "coaching_reply"
control_weight = 2

[[experiment.variant]]
name = "garden"
prompt = "garden.md"

[experiment.guardrails]
stars = 0.5
"""
SECOND = SOUND.replace('"warmth"', '"colder"')


def write(folder: Path, told: str, words: str = "Speak of gardens. In {language}.") -> Path:
    (folder / "garden.md").write_text(words)
    path = folder / "experiments.toml"
    path.write_text(told)
    return path


def test_an_experiment_is_todays_prompt_and_others(tmp_path: Path):
    (found,) = experiment_file.read(write(tmp_path, SOUND))

    assert (found.name, found.step) == ("warmth", "coaching_reply")
    assert [(one.name, one.weight) for one in found.variants] == [("control", 2), ("garden", 1)]
    assert [one.prompt.variant for one in found.variants] == ["warmth/control", "warmth/garden"]
    assert "Speak of gardens" in found.variants[1].prompt.text
    assert (found.guardrails.stars, found.guardrails.fewest) == (0.5, 30)


def test_without_a_file_nothing_is_on_trial():
    assert experiment_file.read(None) == ()


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("[[experiment]", "TOML"),
        ("", "experiment"),
        (SOUND.replace("coaching_reply", "coaching_replies"), "preprocess_goal, generate"),
        (SOUND.replace("coaching_reply", "evaluate_reply"), "experiment.1.step"),
        (SOUND.replace("coaching_reply", "safety_triage"), "experiment.1.step"),
        (SOUND.replace("garden.md", "meadow.md"), "meadow.md"),
        (SOUND.replace("control_weight = 2", "control_weight = 0"), "control_weight"),
        (SOUND.replace('name = "garden"', 'name = "garden"\nweight = -1'), "variant.1.weight"),
        (SOUND.replace('name = "garden"', 'name = "garden"\nwieght = 1'), "wieght"),
        (SOUND.replace('name = "garden"', 'name = "control"'), 'none "control"'),
        (SOUND.replace('name = "garden"', 'name = "A garden"'), "variant.1.name"),
        (SOUND.replace("stars = 0.5", "fewest = 3"), "guardrails.fewest"),
        (SOUND.split("[experiment.guard")[0].split("[[experiment.variant")[0], "variant"),
        (SOUND + SOUND, "names of their own"),
        (SOUND + SECOND, "one experiment a step"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_in_one_line(told: str, complaint: str, tmp_path: Path):
    with pytest.raises(SettingsError) as caught:
        experiment_file.read(write(tmp_path, told))

    assert caught.value.variable == "EXPERIMENTS_FILE"
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("words", ["", "In {tongue}.", "A brace { alone", '{"reply": "…"}'])
def test_a_prompt_that_cannot_be_filled_names_its_variant(words: str, tmp_path: Path):
    with pytest.raises(SettingsError, match="warmth/garden"):
        experiment_file.read(write(tmp_path, SOUND, words))


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SettingsError, match="nowhere"):
        experiment_file.read(tmp_path / "nowhere.toml")


def test_a_bots_options_hold_what_the_settings_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EXPERIMENTS_FILE", str(write(tmp_path, SOUND)))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:" + "A" * 35)

    assert [one.name for one in service.options(settings.for_run()).experiments] == ["warmth"]


def test_a_bot_does_not_start_with_an_unsound_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EXPERIMENTS_FILE", str(tmp_path / "nowhere.toml"))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456789:" + "A" * 35)

    ended = CliRunner().invoke(app, ["run"])

    assert ended.exit_code == 2
    assert ended.output.splitlines()[-1].startswith("rein: EXPERIMENTS_FILE: expected")


@pytest.mark.parametrize("name", ["garden", "warmth/garden"])
def test_one_variant_is_chosen_by_its_name(name: str, tmp_path: Path):
    found = experiment_file.chosen(write(tmp_path, SOUND), name)

    assert [prompt.variant for prompt in found.values()] == ["warmth/garden"]
    assert list(found) == ["coaching_reply"]


@pytest.mark.parametrize("name", ["meadow", "control"])
def test_a_name_that_means_none_or_several_is_refused(name: str, tmp_path: Path):
    other = SECOND.replace("coaching_reply", "create_plan").replace('"garden"', '"hedge"')

    with pytest.raises(SettingsError, match="warmth/garden"):
        experiment_file.chosen(write(tmp_path, SOUND + other), name)
