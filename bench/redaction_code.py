"""False marks on real code: the standard library and npm packages, read in a session.

More packages are measured if CCSHARE_NPM names a folder with node_modules in it.
"""

import json
import os
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from ccshare.tests.redaction.judge import MARK, run, strings
from ccshare.tests.redaction.person import person
from ccshare.tests.redaction.session import Session

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = {".py", ".js", ".mjs", ".cjs", ".ts", ".css", ".json", ".md", ".map", ".html"}
PIECE = 60_000
"""Characters read at once: longer results would be cut."""
MOST = 6_000_000
"""Characters of one corpus."""

Marked = tuple[str, int | float, list[tuple[str, str]]]


def measured() -> Iterator[Marked]:
    """Name, megabytes and the marks (rule, what stands around) of each corpus."""
    more = os.environ.get("CCSHARE_NPM")
    library = Path(sysconfig.get_paths()["stdlib"])
    corpora = [("the standard library", library, ("site-packages", "test", "__pycache__"))]
    folders = [ROOT / "node_modules", *([Path(more)] if more else [])]
    corpora += [(f"npm packages in {f.name}", f, ("__pycache__",)) for f in folders if f.is_dir()]
    for name, folder, without in corpora:
        yield _marks(name, _pieces(folder, without))


def _pieces(folder: Path, without: tuple[str, ...]) -> Iterator[str]:
    """The texts of a folder in pieces, files in a random but fixed order."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    Random(7).shuffle(files)
    left = MOST
    for path in files:
        if set(path.relative_to(folder).parts) & set(without) or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for at in range(0, len(text), PIECE):
            yield text[at : at + PIECE]
            left -= len(text[at : at + PIECE])
        if left < 0:
            return


def _marks(name: str, pieces: Iterator[str]) -> Marked:
    rng = Random(3)
    session = Session(rng, person(rng), "2.1.328")
    scene = session.scene()
    session.prompt(scene, "Read the code.")
    size = 0
    for number, piece in enumerate(pieces):
        # Tool results without their structured twin: each text counts once.
        given = {"file_path": f"{session.person.project}/f{number}"}
        session.tool(scene, "Read", given, piece)
        size += len(piece.encode())
    marks: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for line in run(session.save(Path(folder)), Path(folder) / "home"):
            for text in strings(line) if "[REDACTED:" in json.dumps(line) else ():
                marks += [
                    (m[1], text[max(0, m.start() - 60) : m.end() + 30]) for m in MARK.finditer(text)
                ]
    return name, size / 1e6, marks
