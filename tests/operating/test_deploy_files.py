"""What is shipped for running it: closed where it should be closed, and naming only what there is."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from prometheus_client import REGISTRY

from assessments import watching

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SETTINGS = set(
    re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
)
GROWN = {"CACHE_URL", "TASKS"}
"""Settings of a site that has grown beyond one process."""

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


# --- compose.yaml -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_closed(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert not service.get("privileged")
    assert "docker.sock" not in str(service)


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, each in SERVICES.items() if "ports" in each] == ["proxy"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    for name in ("database", "cache"):
        assert SERVICES[name]["networks"] == ["back"]
    assert "back" not in SERVICES["proxy"]["networks"]


def test_visitors_come_by_the_way_that_shows_who_they_are() -> None:
    assert all(each.startswith("0.0.0.0:") for each in SERVICES["proxy"]["ports"])


def test_nobody_is_root() -> None:
    for name, service in SERVICES.items():
        if service["image"] != "groundwork":  # whose user stands in the image
            assert service["user"].partition(":")[0] not in {"", "0", "root"}, name


def test_the_image_is_built_once() -> None:
    assert [name for name, each in SERVICES.items() if "build" in each] == ["web"]


def test_the_proxy_stays_while_others_are_replaced() -> None:
    assert "depends_on" not in SERVICES["proxy"]


def test_no_secret_stands_in_it() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(PASSWORD|SECRET_KEY|DATABASE_URL): (?!/run/secrets)", text)
    for each in COMPOSE["secrets"].values():
        assert each["file"].startswith("./secrets/")


def test_whoever_serves_waits_until_the_tables_are_there() -> None:
    for name in ("web", "worker"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["restart"] == "no"
    assert "healthcheck" not in SERVICES["web"]  # the image's own


def test_running_requests_have_time_to_end() -> None:
    drain = float(SERVICES["web"]["command"][-1])
    assert SERVICES["web"]["command"][-2] == "--drain"
    assert float(SERVICES["web"]["stop_grace_period"].removesuffix("s")) >= drain + 40


@pytest.mark.parametrize("name", [name for name, each in SERVICES.items() if each["image"] == "groundwork"])
def test_every_setting_in_it_is_one_of_ours(name: str) -> None:
    for variable in SERVICES[name]["environment"]:
        assert variable.removesuffix("_FILE") in SETTINGS | GROWN, variable


# --- The image --------------------------------------------------------------------------------------------------------


def test_the_image_is_nobodys_root_and_asks_itself() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    runs = text.rpartition("FROM ")[2]
    assert re.search(r"^USER 10001:10001$", runs, re.MULTILINE)
    assert "HEALTHCHECK" in runs
    assert "/livez" in runs
    assert "curl" not in re.sub(r"#.*", "", text)
    assert "--locked --no-dev" in text
    assert runs.index("USER ") < runs.index("ENTRYPOINT")


def test_only_what_runs_goes_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [each for each in lines if each and not each.startswith("#")]
    assert rules[0] == "*"
    taken = {each[1:] for each in rules if each.startswith("!")}
    assert not taken & {".env", "var", "secrets", "tests", ".git", "docs"}
    for each in taken:
        assert (ROOT / each).exists(), each


# --- systemd ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda each: each.name)
def test_every_unit_is_closed_and_runs_commands_that_there_are(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert "User=groundwork" in text
    for closed in (
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=\n",
        "PrivateTmp=true",
    ):
        assert closed in text
    known = set(get_commands()) | {"db_worker"}
    assert set(re.findall(r"manage\.py (\w+)", text)) <= known


def test_what_a_unit_wants_beside_our_settings_is_told() -> None:
    wanted = {
        name
        for unit in DEPLOY.glob("*.service")
        for name in re.findall(r'"\$([A-Z_]+)"', unit.read_text(encoding="utf-8"))
    }
    assert wanted
    for name in wanted:
        assert f"`{name}=" in OPERATIONS


def test_a_transient_unit_is_given_the_whole_path_of_its_program() -> None:
    (command,) = re.findall(r"systemd-run (.*?)```", OPERATIONS, re.DOTALL)
    folder = re.search(r"--working-directory=(\S+)", command)
    assert folder
    assert f" {folder[1]}/.venv/bin/python manage.py " in command


# --- docs/operations.md -----------------------------------------------------------------------------------------------


def test_every_count_is_told_of_and_every_one_told_of_is_there() -> None:
    told = set(re.findall(r"groundwork_[a-z_]+", OPERATIONS)) - {"groundwork_request_seconds_bucket"}
    names = {each.name for each in REGISTRY.collect() if each.name.startswith("groundwork_")}
    counters = {each.name for each in REGISTRY.collect() if each.type == "counter"}
    found = {f"{each}_total" if each in counters else each for each in names}
    source = Path(watching.__file__).read_text(encoding="utf-8")
    found |= set(re.findall(r'GaugeMetricFamily\(\s*"(groundwork_[a-z_]+)"', source))
    assert told == found


def test_the_rules_for_alerts_can_be_read() -> None:
    (block,) = re.findall(r"```yaml\n(groups:.*?)```", OPERATIONS, re.DOTALL)
    (group,) = yaml.safe_load(block)["groups"]
    for rule in group["rules"]:
        assert rule["alert"].startswith("Groundwork")
        assert "groundwork" in rule["expr"]


def test_every_setting_and_command_it_names_is_there() -> None:
    text = re.sub(r"GROUNDWORK_(HOST|WEB|WORKERS)\b", "", OPERATIONS)
    assert {each.removesuffix("_FILE") for each in re.findall(r"\bGROUNDWORK_[A-Z_]+", text)} <= SETTINGS
    known = set(get_commands()) | {"db_worker"}
    assert set(re.findall(r"manage\.py (\w+)", OPERATIONS)) <= known
