"""The arrows between the rooms, and the size of what stands in them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("transcript", "render", "client", "app")
NEVER = {
    "transcript": {"render", "client", "app"},
    "render": {"app", "client"},
    "client": {"app"},
    "app": {"client"},
}
FOREIGN = {"render": {"flask", "peewee"}, "transcript": set()}
MOST_LINES = 400
MOST_BYTES = 100_000
QUICKER = {"msgspec", "re2", "ahocorasick"}
"""Extra `fast`: transcript/ may use these where they are installed, and does without them."""


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Dotted names of what a module imports, as seen from the package ccshare."""
    package = ("ccshare", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *(node.module.split(".") if node.module else ())))
            yield stem
            yield from (f"{stem}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_never_import_what_is_above_them(room: str) -> None:
    for path in modules(room):
        for name in imports(path):
            target = name.split(".")[1] if name.startswith("ccshare.") else None
            assert target not in NEVER[room], f"{path.relative_to(ROOT)} imports {name}"
            assert name.split(".")[0] not in FOREIGN.get(room, set()), f"{path} imports {name}"


def test_transcript_needs_the_standard_library_only() -> None:
    for path in modules("transcript"):
        for name in imports(path):
            top = name.split(".")[0]
            known = top == "ccshare" or top in sys.stdlib_module_names or top in QUICKER
            assert known, f"{path}: {name}"


def test_transcript_works_without_what_makes_it_quicker() -> None:
    names = ", ".join(
        "ccshare." + ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in modules("transcript")
        if path.name != "__init__.py"
    )
    blocked = f"import sys; sys.modules.update(dict.fromkeys({sorted(QUICKER)}))"
    subprocess.run([sys.executable, "-c", f"{blocked}; import {names}"], check=True)


def test_the_client_reaches_render_only_lazily() -> None:
    for path in modules("client"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert not any("render" in (getattr(node, "module", "") or "") for node in top), path


def test_files_stay_readable() -> None:
    for room in (*ROOMS, "tests", "bench", "scripts"):
        for path in modules(room):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            assert lines <= MOST_LINES, f"{path.relative_to(ROOT)} has {lines} lines"


def test_packages_are_all_named_in_pyproject() -> None:
    import tomllib

    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(named["tool"]["setuptools"]["packages"])
    found = {
        ".".join(("ccshare", *init.parent.relative_to(ROOT).parts))
        for room in ROOMS
        for init in (ROOT / room).rglob("__init__.py")
    }
    assert found <= listed
    assert not list(ROOT.glob("*.py")) or [p.name for p in ROOT.glob("*.py")] == ["__init__.py"]


def test_no_session_and_nothing_built_is_kept_in_the_repository() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout: nothing says what is kept")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0")[:-1]:
        path = ROOT / name
        size = path.stat().st_size if path.exists() else 0
        assert size <= MOST_BYTES, f"{name} has {size} bytes"
