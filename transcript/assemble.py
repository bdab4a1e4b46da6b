"""Items again out of stored parts and lines."""

from collections.abc import Iterable, Mapping

from .model import Item, ItemBlock, Json, Part


def assemble(parts: Iterable[Part], lines: Mapping[int, Json]) -> list[Item]:
    """Put the parts of any items together, in the order of threads and numbers.

    `lines` maps sequence to line; a part whose line is missing is left out, and an item
    without any line too. Blocks stand in file order, so an opening text may follow an image.
    """
    found: dict[tuple[str, int], list[Part]] = {}
    for part in parts:
        if part.sequence in lines:
            found.setdefault((part.thread, part.n), []).append(part)
    return [_item(found[at], lines) for at in sorted(found, key=_reading_order)]


def _item(parts: list[Part], lines: Mapping[int, Json]) -> Item:
    parts.sort(key=lambda part: (part.sequence, part.block))
    head = next((part for part in parts if part.role == "open"), parts[0])
    return Item(
        thread=head.thread,
        n=head.n,
        page=head.page,
        kind=head.kind,
        name=head.name,
        error=any(part.error for part in parts),
        blocks=[ItemBlock(p.role, p.sequence, p.block, lines[p.sequence]) for p in parts],
        about=head.about,
    )


def _reading_order(at: tuple[str, int]) -> tuple[list[int], int]:
    thread, n = at
    return [int(step) for step in thread.split(".") if step.isdigit()], n
