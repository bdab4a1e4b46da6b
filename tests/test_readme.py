"""What the README promises is there, and what is there stands in the README."""

import re
import tomllib
from pathlib import Path

from ccshare.app.settings import SETTINGS
from ccshare.client.cli import parser

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_its_table_with_its_default() -> None:
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "–"
        assert f"| `{setting.name}` | {default} | {setting.help} |" in README


def test_every_example_setting_exists() -> None:
    known = {setting.name for setting in SETTINGS}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) <= known


def test_every_command_of_the_client_is_named() -> None:
    actions = parser()._subparsers
    assert actions is not None
    for name in actions._group_actions[0].choices or ():
        assert re.search(rf"`(ccshare )?{name}\b", README), name


def test_every_make_target_has_a_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["project"]["optional-dependencies"] | project["dependency-groups"]
    listed = [name for names in groups.values() for name in names]
    wanted = project["project"]["dependencies"] + listed
    for requirement in wanted:
        name = re.split(r"[\[<>=]", requirement)[0]
        assert name == "ccshare" or name in README, name


def test_every_file_the_house_table_names_exists() -> None:
    table = README.split("## The house")[1].split("## ")[0]
    for name in re.findall(r"`((?:app|transcript|render|templates|tests)/[\w./]*)`", table):
        assert (ROOT / name).exists(), name
