"""`make bench` or `python -m bench [NAME...]`: the figures, side by side in one run."""

import importlib
import sys

NAMES = (
    "memory",
    "pages",
    "render",
    "warm",
    "view",
    "scale",
    "size",
    "versus",
    "crash",
    "load",
    "hostile",
    "looks",
    "redaction",
)


def main(chosen: list[str]) -> int:
    """Print each figure as it comes; the exit code says whether all were reached."""
    if chosen[:1] == ["redaction"]:
        return importlib.import_module(".redaction", __package__).main(chosen[1:])
    if unknown := set(chosen) - set(NAMES):
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}")
        return 2
    reached = True
    for name in chosen or NAMES:
        for figure in importlib.import_module(f".{name}", __package__).figures():
            print(figure, flush=True)
            reached = reached and figure.reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
