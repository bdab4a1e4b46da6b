"""What the examiner writes down about a generated session: labels, and the scenes they stand in."""

from dataclasses import dataclass, field
from typing import Any

CLASSES = ("known", "named", "structural", "disguised", "echo", "personal", "harmless")
SECRET_CLASSES = CLASSES[:5]


@dataclass(frozen=True)
class Label:
    """One thing placed in one scene.

    `forms` are the spellings in which it was written there; a form is a tuple of pieces (more
    than one when the value was cut up). For harmless things the form is the text that must stay.
    """

    kind: str
    klass: str
    value: str
    place: str
    forms: tuple[tuple[str, ...], ...] = ()

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The value itself and every other form."""
        return ((self.value,), *self.forms)


@dataclass
class Scene:
    """Some lines of a session and what stands in them."""

    session: "Any"
    labels: list[Label] = field(default_factory=list)
    uuids: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Places without a uuid: `state`, `meta`, `path`, `spilled:NAME`."""

    def add(self, *labels: Label) -> None:
        """Note what was placed; the same harmless text counts once."""
        for label in labels:
            if label not in self.labels:
                self.labels.append(label)
