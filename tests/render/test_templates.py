"""What no template may hold: unescaped values, inline code and style, hidden htmx powers."""

import re
from pathlib import Path

import pytest
from ccshare.render import blocks, environment, tools
from ccshare.render.tools import generic

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TAG = re.compile(
    r"<([a-z][a-z0-9]*|h\{\{ level \}\})\b((?:\{%.*?%\}|\{\{.*?\}\}|\"[^\"]*\"|'[^']*'|[^>])*)>"
)
PLAIN_HTMX = {"hx-get", "hx-trigger", "hx-target", "hx-swap", "hx-ignore"}


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_let_through_unescaped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_code_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "preview.html":  # one file by itself, whose policy names the style's hash
        assert "<style" not in text
    for name, attributes in TAG.findall(text):
        assert not re.search(r"\s(?:on[a-z]+|style)\s*=", attributes), (name, attributes)
        assert "javascript:" not in attributes
        if name == "script":
            assert 'src="' in attributes
    assert not re.search(r"<script[^>]*>[^<\s]", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_htmx_is_plain_and_stands_where_it_works(path: Path) -> None:
    for name, attributes in TAG.findall(path.read_text(encoding="utf-8")):
        used = set(re.findall(r"\s(hx-[a-z-]+)", attributes))
        assert used <= PLAIN_HTMX, (name, used)
        if used - {"hx-ignore"}:
            # Nothing is inherited: who asks says itself where to, when, and what becomes of it.
            assert {"hx-get", "hx-trigger", "hx-swap"} <= used, (name, attributes)
        if name == "a" and used:
            assert 'href="' in attributes  # it works without scripts as well


def test_every_attribute_is_quoted() -> None:
    for path in TEMPLATES:
        for _, attributes in TAG.findall(path.read_text(encoding="utf-8")):
            assert not re.search(r"\s[a-z-]+=\{[{%]", attributes), path.name


def test_every_kind_and_family_has_its_template() -> None:
    families = [*tools.FAMILIES, generic.FAMILY]
    for name in {drawn.template for drawn in [*blocks.KINDS.values(), *families]}:
        assert environment.environment().get_template(name)
    names = [name for family in tools.FAMILIES for name in family.names]
    assert len(names) == len(set(names))
