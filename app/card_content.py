"""What stands on a card. Apart from the drawing, which needs Pillow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on the card; all of it is text after redaction."""

    place: str
    title: str
    prompt: str
    chips: list[str]
    added: int
    removed: int
    state: str
    failed: bool
    below: str
