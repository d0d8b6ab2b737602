import re
from pathlib import Path

import typer.main
import yaml
from typer.core import TyperGroup

from bot import cli
from bot.roles import Role
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
CADDYFILE = ROOT / "compose.Caddyfile"
TEXT = (ROOT / "compose.yaml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
REIN = SERVICES["rein"]


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
    roles = {name: SERVICES[name] for name in ("ingress", "worker", "sender")}

    replicas = {name: one.get("deploy", {}).get("replicas", 1) for name, one in roles.items()}

    assert replicas == {"ingress": 2, "worker": 3, "sender": 1}
    assert all(one["command"] == ["rein", "run", "--role", name] for name, one in roles.items())
    assert all(one["cap_drop"] == ["ALL"] and one["read_only"] for one in roles.values())
    assert [name for name in SERVICES if "profiles" not in SERVICES[name]] == ["rein"]
    assert REIN["image"] != roles["worker"]["image"]  # which has the PostgreSQL driver


def test_what_the_profile_sets_are_settings_and_what_it_runs_are_roles():
    roles = [one for one in SERVICES.values() if one.get("image") in {"rein", "rein-scale"}]

    told = {name for one in roles for name in one["environment"]}
    commands = [one["command"] for one in roles if "command" in one]

    assert {"DATABASE_URL", "ERASED_FILE", "HTTP_HOST", "HTTP_PORT"} <= told
    assert told <= {name.upper() for name in Settings.model_fields}
    assert {role_of(*command) for command in commands} == set(Role) - {Role.ALL}


def role_of(program: str, command: str, *arguments: str) -> str:
    """Read a command as the program does, without carrying it out."""
    group = typer.main.get_command(cli.app)
    assert isinstance(group, TyperGroup)
    assert program == "rein"
    return group.commands[command].make_context(command, list(arguments)).params["role"]


def test_what_the_profile_asks_of_the_operator_is_named_at_its_head():
    head, _, rest = TEXT.partition("\nservices:")

    asked = set(re.findall(r"\$\{(\w+)", rest))

    assert asked == {"COMPOSE_DOMAIN", "COMPOSE_POSTGRES_PASSWORD"}
    assert asked | {"WEBHOOK_URL", "WEBHOOK_SECRET", "ADMINS"} <= set(re.findall(r"\w+", head))


def test_what_a_service_needs_is_in_the_file():
    volumes = [str(one).split(":") for service in SERVICES.values() for one in service["volumes"]]
    needed = {name for one in SERVICES.values() for name in one.get("depends_on", ())}

    assert {name for name, *_ in volumes if name[0] != "."} == set(COMPOSE["volumes"])
    assert [name for name, *_ in volumes if name[0] == "."] == ["./compose.Caddyfile"]
    assert needed <= SERVICES.keys()


def test_the_proxy_brings_updates_to_the_port_of_the_ingress():
    ingress, told = SERVICES["ingress"], CADDYFILE.read_text()

    assert f"dynamic a ingress {ingress['environment']['HTTP_PORT']} " in told
