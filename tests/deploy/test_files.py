"""The files the clouds read: each parses, names only settings that exist, and fits the others."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from ccshare.app import create_app, gunicorn_conf
from ccshare.app.__main__ import main
from ccshare.app.settings import SETTINGS, Settings
from ccshare.app.storage import database
from docker.utils.build import exclude_paths
from dockerfile_parse import DockerfileParser

from .conftest import ROOT, processes

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOT_OURS = {
    "docker-compose.yml": {"LISTEN", "BACKUP_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"},
    "Dockerfile": {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"},
}
"""Names that a file needs for itself or for another program than the server."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


APP = json.loads(text("app.json"))
FLY = tomllib.loads(text("fly.toml"))
COMPOSE = yaml.safe_load(text("docker-compose.yml"))
[RENDER] = yaml.safe_load(text("render.yaml"))["services"]
NODE = json.loads(text("package.json"))
STEPS: list[dict[str, Any]] = DockerfileParser(str(ROOT / "Dockerfile")).structure


def steps(instruction: str) -> list[str]:
    return [step["value"] for step in STEPS if step["instruction"] == instruction]


def image_environment() -> dict[str, str]:
    """What the last stage sets."""
    return dict(pair.split("=", 1) for pair in steps("ENV")[-1].split())


def given() -> dict[str, dict[str, Any]]:
    """Per file, the environment it sets: a value, or None where it is made at deploy."""
    services = COMPOSE["services"].values()
    return {
        "app.json": {name: row.get("value") for name, row in APP["env"].items()},
        "fly.toml": FLY["env"],
        "docker-compose.yml": {k: v for s in services for k, v in s["environment"].items()}
        | dict.fromkeys(re.findall(r"\$\{(\w+)", text("docker-compose.yml"))),
        "render.yaml": {row["key"]: row.get("value") for row in RENDER["envVars"]},
        "Dockerfile": image_environment(),
    }


@pytest.mark.parametrize("name", sorted(given()))
def test_every_variable_is_a_setting_with_a_value_it_takes(name: str) -> None:
    values = given()[name]
    known = {row.name for row in SETTINGS}
    assert set(values) <= known | NOT_OURS.get(name, set())
    Settings.load({k: v for k, v in values.items() if k in known and v is not None})


@pytest.mark.parametrize(
    "path",
    [check["path"] for check in FLY["http_service"]["checks"]]
    + [RENDER["healthCheckPath"], *re.findall(r"\}(/\w+)", steps("HEALTHCHECK")[0])],
)
def test_health_is_asked_where_it_is_answered(path: str, tmp_path: Path) -> None:
    app = create_app({"DATABASE_PATH": tmp_path / "s.db", "PROXY_HOPS": "2"})
    try:
        # By address and by plain HTTP, as a health check asks: no redirect, no refusal.
        assert app.test_client().get(path, base_url="http://172.19.0.2:8080").status_code == 200
    finally:
        database.close_database()


@pytest.mark.parametrize(
    "command",
    [
        *processes(ROOT / "Procfile").values(),
        RENDER["startCommand"],
        " ".join(json.loads(steps("CMD")[-1])),
    ],
)
def test_every_command_is_one_the_server_has(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program, *arguments = command.removeprefix("exec ").split()
    assert program in PROJECT["project"]["scripts"]
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ccshare-server " + arguments[0])


def test_the_ports_agree() -> None:
    port = FLY["env"]["PORT"]
    assert FLY["http_service"]["internal_port"] == int(port)
    assert image_environment()["PORT"] == port == steps("EXPOSE")[0]
    server = COMPOSE["services"]["ccshare"]
    assert server["environment"]["PORT"] == port == server["ports"][0].rpartition(":")[2]


def test_every_cloud_terminates_and_waits_longer_than_gunicorn() -> None:
    wait = gunicorn_conf.graceful_timeout
    assert (FLY["kill_signal"], steps("STOPSIGNAL")) == ("SIGTERM", ["SIGTERM"])
    assert FLY["kill_timeout"] > wait
    assert RENDER["maxShutdownDelaySeconds"] > wait
    assert int(COMPOSE["services"]["ccshare"]["stop_grace_period"].removesuffix("s")) > wait
    assert wait < 30, "Heroku kills after 30 s"


def test_sqlite_is_on_the_volume() -> None:
    for values, mounted in [
        (FLY["env"], FLY["mounts"][0]["destination"]),
        (given()["render.yaml"], RENDER["disk"]["mountPath"]),
        (COMPOSE["services"]["ccshare"]["environment"], "/data"),
        (image_environment(), steps("VOLUME")[0]),
    ]:
        assert values["DATABASE_PATH"] == f"{mounted}/sessions.db"
    assert COMPOSE["services"]["ccshare"]["volumes"] == ["data:/data"]
    assert "data" in COMPOSE["volumes"], "a named volume, no folder of the host"
    replicated = yaml.safe_load(text("litestream.yml"))["dbs"][0]["path"]
    assert replicated == COMPOSE["services"]["ccshare"]["environment"]["DATABASE_PATH"]
    assert "release_command" not in FLY["deploy"], "it would run without the volume"


def test_heroku_gets_htmx_before_the_package_is_built() -> None:
    assert [row["url"] for row in APP["buildpacks"]] == ["heroku/nodejs", "heroku/python"]
    assert "static/vendor" in NODE["scripts"]["build"]
    assert "heroku-postbuild" not in NODE["scripts"], "it would replace build"
    assert APP["env"]["SHARE_API_KEY"]["generator"] == "secret"
    # More than one list of packages in the root ends Heroku's build.
    others = ("Pipfile.lock", "poetry.lock", "uv.lock")
    assert [name for name in others if (ROOT / name).exists()] == []
    assert "--constraint constraints.txt" in text("requirements.txt")


def test_the_image_is_built_by_one_python_and_runs_without_root() -> None:
    [python] = [value.partition("=")[2] for value in steps("ARG")]
    assert text(".python-version").strip() == python
    assert steps("USER") == [COMPOSE["services"]["litestream"]["user"]]
    assert steps("USER")[0].split(":")[0] not in {"0", "root"}
    assert COMPOSE["services"]["ccshare"]["read_only"] is True


def test_the_context_holds_the_package_and_nothing_else() -> None:
    patterns = [line for line in text(".dockerignore").splitlines() if line[0] != "#"]
    context = set(exclude_paths(str(ROOT), patterns, dockerfile="Dockerfile"))
    for package in PROJECT["tool"]["setuptools"]["packages"]:
        folder = "/".join(package.split(".")[1:])
        assert f"{folder}/__init__.py".lstrip("/") in context
    for name in ("pyproject.toml", "README.md", "LICENSE", "package.json", "templates/base.html"):
        assert name in context
    tops = {name.split("/")[0] for name in context}
    assert tops.isdisjoint({".env", ".git", ".venv", "data", "tests", "node_modules", "bench"})
    assert not [name for name in context if name.startswith("static/vendor/")]


def test_every_litestream_variable_is_handed_over() -> None:
    used = set(re.findall(r"\$\{(\w+)\}", text("litestream.yml")))
    assert used <= set(COMPOSE["services"]["litestream"]["environment"])
