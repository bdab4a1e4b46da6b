"""Coverage-led fuzzing of the redaction: `python tests/fuzz/redact_fuzz.py [-max_total_time=60]`.

Any bytes become a session; the client must not fail on it, JSON must keep its shape, ids and
chain must stay, and a second run must change nothing.
"""

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["ccshare.transcript"]):
    from ccshare.tests.redaction.carriers import CARRIERS, rendered
    from ccshare.tests.redaction.disguises import DISGUISES
    from ccshare.tests.redaction.hostile import check
    from ccshare.tests.redaction.named import NAMED
    from ccshare.tests.redaction.providers import KNOWN
    from ccshare.tests.redaction.shapes import make


def one_input(data: bytes) -> None:
    """A session of the text, and of the JSON value if it is one."""
    text = data.decode("utf-8", "replace")
    values: list[object] = [text]
    with contextlib.suppress(ValueError, RecursionError):
        values.append(json.loads(text, parse_constant=lambda _: None))
    check(values)


def corpus(folder: Path) -> None:
    """Texts to start from: made-up secrets in their places, plain and disguised."""
    rng = Random(1)
    for number, (_, name, template) in enumerate(KNOWN + NAMED):
        value = make(rng, template)
        text = rendered(rng.choice(CARRIERS).row, name, value)
        hidden, _ = rng.choice(DISGUISES)[1](rng, name, value)
        (folder / f"{number}.txt").write_text(f"{text}\n{hidden}", encoding="utf-8")


def main() -> None:
    """Fuzz until libFuzzer's options say stop; a crash ends the process."""
    with tempfile.TemporaryDirectory() as name:
        corpus(Path(name))
        options = ["-len_control=0", "-max_len=4096", *sys.argv[1:], name]
        atheris.Setup([sys.argv[0], *options], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
