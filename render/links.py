"""The addresses a page points to. The app and the one-file export each have their own."""

from typing import Protocol


class Links(Protocol):
    """Where things are, as relative or absolute URLs."""

    def item(self, number: str) -> str:
        """The permalink of an item: the page that holds it, with the item open."""
        ...

    def body(self, number: str, page: int = 1) -> str:
        """The fragment that fills the row; `page` walks a subagent's thread."""
        ...

    def output(self, number: str) -> str:
        """A file with all that an item printed; "" where nobody can be asked for it."""
        ...

    def image(self, sha256: str, extension: str) -> str:
        """An image of this session."""
        ...


def raw(url: str) -> str:
    """The fragment with a row's JSON, beside the one that fills the row; "" if there is none."""
    address, mark, _ = url.partition("?")
    return f"{address}/raw" if address and not mark and "#" not in address else ""


def whole(url: str) -> str:
    """The same address, asking for the unclipped text (`all=1`)."""
    address, mark, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}all=1{mark}{fragment}"
