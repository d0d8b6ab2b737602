from pathlib import Path

import yaml

COMPOSE = yaml.safe_load((Path(__file__).parents[2] / "compose.yaml").read_text())
REIN = COMPOSE["services"]["rein"]


def test_the_container_can_do_little_and_write_little():
    assert REIN["read_only"] is True
    assert REIN["tmpfs"] == ["/tmp"]
    assert REIN["cap_drop"] == ["ALL"]
    assert REIN["security_opt"] == ["no-new-privileges:true"]
    assert REIN["pids_limit"] <= 128
    assert REIN["mem_limit"] == "512m"
    assert REIN["ulimits"] == {"core": 0}


def test_the_container_is_called_by_nobody():
    assert "ports" not in REIN


def test_the_container_has_time_to_stop_and_starts_again():
    assert REIN["init"] is True
    assert REIN["stop_grace_period"] == "20s"
    assert REIN["restart"] == "unless-stopped"


def test_the_data_lies_on_one_volume_and_the_key_elsewhere():
    assert REIN["volumes"] == ["data:/data"]
    assert REIN["environment"]["MASTER_KEY_FILE"] == "/run/secrets/master_key"
    assert REIN["secrets"] == list(COMPOSE["secrets"]) == ["master_key"]


def test_the_logs_are_bounded():
    assert REIN["logging"]["options"] == {"max-size": "10m", "max-file": "5"}


def test_the_profile_for_roles_has_every_role_and_nothing_else_starts_without_it():
    services = COMPOSE["services"]
    roles = {name: services[name] for name in ("ingress", "worker", "sender")}

    replicas = {name: one.get("deploy", {}).get("replicas", 1) for name, one in roles.items()}

    assert replicas == {"ingress": 2, "worker": 3, "sender": 1}
    assert all(one["command"] == ["rein", "run", "--role", name] for name, one in roles.items())
    assert all(one["cap_drop"] == ["ALL"] and one["read_only"] for one in roles.values())
    assert [name for name in services if "profiles" not in services[name]] == ["rein"]
    assert REIN["image"] != roles["worker"]["image"]  # which has the PostgreSQL driver
