"""Composes the labelled set: whole sessions in which every kind stands in several places."""

import json
from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

from . import harmless, harmless_more, personal, shapes
from .bare import BARE, IN_NAMES
from .carriers import CARRIERS, Carrier, forms, rendered
from .disguises import DISGUISES
from .keyfiles import key_files
from .labels import Label, Scene
from .named import NAMED
from .person import person
from .place import place
from .prose import CHANNELS, PROSE
from .providers import KNOWN
from .session import GENERATIONS, Session
from .structures import FILL, ROWS, SECRETS

ECHO_EVERY = 7
"""Every so many scenes a value already placed stands again, with nothing beside it."""
_ORDINARY = harmless.CODE + harmless_more.LINES
_TEXTUAL = [carrier for carrier in CARRIERS if carrier.channel != "args"]
"""Carriers in which a row stands as it is written."""
_QUOTING = "\"'\\$`|&;<>%#{}"


class Composer:
    """Fills sessions, one after the other, with what the makers below yield."""

    def __init__(self, seed: int, sessions: int = 40) -> None:
        self.rng = Random(seed)
        versions = cycle(GENERATIONS)
        self.sessions = [
            Session(self.rng, person(self.rng), next(versions)) for _ in range(sessions)
        ]
        self._next = cycle(self.sessions)
        self._random: dict[str, list[Label]] = {}
        self._echoes = cycle(islice(BARE, 0, None, 2))
        self._count = 0

    def scene(self) -> tuple[Session, Scene]:
        """A stretch of the next session."""
        session = next(self._next)
        return session, session.scene()

    def placed(self, session: Session, label: Label) -> None:
        """Remember a random value, and let it come again later in the same session."""
        if len(label.value) >= 20 and label.klass in ("known", "named"):
            self._random.setdefault(session.id, []).append(label)
        self._count += 1
        if self._count % ECHO_EVERY == 0:
            self._echo(session)

    def _echo(self, session: Session) -> None:
        known = self._random.get(session.id)
        if not known:
            return
        label = known.pop()
        scene = session.scene()
        if self._count % (ECHO_EVERY * 4) == 0:
            name, disguise = self.rng.choice(DISGUISES[:1] + DISGUISES[5:6] + DISGUISES[11:12])
            text, spelled = disguise(self.rng, "note", label.value)
            place(session, scene, "bash", "cat out.txt", text)
            scene.add(Label(label.kind, "echo", label.value, f"echo:{name}", spelled))
            return
        channel, where, text = next(self._echoes)
        place(session, scene, channel, where, text.replace("{value}", label.value))
        scene.add(Label(label.kind, "echo", label.value, f"echo:{channel}:{where}"))


def compose(seed: int) -> list[Session]:
    """The sessions of a seed, labelled."""
    composer = Composer(seed)
    rng = composer.rng
    steps = [
        *known(rng), *named(rng), *structural(rng), *keys(rng), *disguised(rng), *told(rng),
        *harmless_pairs(rng), *harmless_lines(rng), *harmless_blocks(rng),
    ]  # fmt: skip
    rng.shuffle(steps)
    for channel, where, text, labels in steps:
        session, scene = composer.scene()
        place(session, scene, channel, where, text)
        scene.add(*labels)
        for label in labels:
            if label.klass != "harmless":
                composer.placed(session, label)
    people(composer)
    return composer.sessions


Step = tuple[str, str, str, tuple[Label, ...]]


def bare(row: tuple[str, str, str], kind: str, value: str) -> Step:
    """A value of a known shape with nothing beside it."""
    channel, where, text = row
    label = Label(kind, "known", value, f"bare:{channel}:{where}", forms(value))
    return channel, where, text.replace("{value}", value), (label,)


def known(rng: Random) -> Iterator[Step]:
    """Shapes: each once bare, once more bare elsewhere, twice beside a name."""
    rows = cycle(rng.sample(BARE, len(BARE)))
    carriers = cycle(rng.sample(CARRIERS, len(CARRIERS)))
    for kind, name, template in KNOWN:
        for _ in range(1 if kind in ONLY_BESIDE_NAMES else 2):
            if kind not in ONLY_BESIDE_NAMES:
                value = shapes.make(rng, template)
                short = len(value) < 80 and not set(value) & set("/:|$?=+")
                named_file = short and rng.random() < 0.1
                row = rng.choice(IN_NAMES) if named_file else next(rows)
                yield bare(row, kind, value)
        yield carried(rng, next(carriers), "known", [(kind, name, shapes.make(rng, template))])


ONLY_BESIDE_NAMES = frozenset(
    [
        "deepseek",
        "mailgun-new",
        "twilio-api-key",
        "newrelic-license",
        "datadog",
        "paystack",
        "vault-legacy",
        "elevenlabs",
        "asana-pat",
        "fireworks",
        "cargo",
        "tencent-secret-id",
        "easypost-test",
    ]
)
"""Shapes so plain that the shape alone is no proof."""


def carried(rng: Random, carrier: Carrier, klass: str, items: list[tuple[str, str, str]]) -> Step:
    """A file or output in which these stand beside their names, harmless ones among them."""
    rows, labels = [], []
    for kind, name, value in items:
        rows.append(rendered(carrier.row, name, value))
        labels.append(Label(kind, klass, value, carrier.place, forms(value)))
    text = carrier.head + "\n".join(rows) + carrier.tail
    return carrier.channel, carrier.where, text, tuple(labels)


def named(rng: Random) -> Iterator[Step]:
    """Values that only their name tells: each in three places."""
    carriers = cycle(rng.sample(CARRIERS, len(CARRIERS)))
    for kind, name, template in NAMED:
        for _ in range(3):
            carrier = next(carriers)
            value = shapes.make(rng, template)
            while carrier.channel == "command" and set(value) & set(_QUOTING):
                carrier = next(carriers)
            yield carried(rng, carrier, "named", [(kind, name, value)])


def structural(rng: Random) -> Iterator[Step]:
    """Rows of the table of structures."""
    for kind, channel, where, text in ROWS:
        filled, labels = text, []
        where_filled = where
        user, password = shapes.name(rng), shapes.make(rng, "{b62:18}")
        coded = shapes.base64.b64encode(f"{user}:{password}".encode()).decode()
        plain = shapes.base64.b64encode(password.encode()).decode()
        for slot, value in (("{p64}", coded), ("{q64}", plain)):
            if slot in text:
                filled = filled.replace(slot, value)
                labels.append(Label(kind, "structural", value, f"{channel}:{where}"))
        for slot, template in SECRETS.items():
            while slot in filled or slot in where_filled:
                value = shapes.make(rng, template)
                if slot == "{p}":
                    value = value.replace("#", "x").replace("%", "x").replace("!", "x")
                filled = filled.replace(slot, value)
                where_filled = where_filled.replace(slot, value)
                labels.append(Label(kind, "structural", value, f"{channel}:{where}", forms(value)))
        for slot, template in FILL.items():
            value = shapes.make(rng, template)
            filled, where_filled = filled.replace(slot, value), where_filled.replace(slot, value)
        yield channel, where_filled, filled, tuple(labels)


def keys(rng: Random) -> Iterator[Step]:
    """Private keys."""
    for kind, channel, where, text, body in key_files(rng):
        label = Label(kind, "structural", body[0], f"{channel}:{where}", tuple((b,) for b in body))
        yield channel, where, text, (label,)


def disguised(rng: Random) -> Iterator[Step]:
    """Each disguise for four shapes and two values that only a name tells."""
    channels = cycle(["bash", "read", "mcp", "prompt", "fetch", "agent", "say"])
    for disguise, maker in DISGUISES:
        some = rng.sample(KNOWN, 4)
        if disguise != "b64":
            some += rng.sample([row for row in NAMED if "password" not in row[2]], 2)
        for kind, name, template in some:
            value = shapes.make(rng, template)
            text, spelled = maker(rng, name, value)
            channel = next(channels)
            where = {"read": "out.txt", "bash": "cat out.txt", "mcp": "log__read"}.get(channel, "")
            label = Label(kind, "disguised", value, disguise, spelled + forms(value))
            yield channel, where, text, (label,)


def told(rng: Random) -> Iterator[Step]:
    """Prose."""
    for row, channel in zip(PROSE, cycle(CHANNELS), strict=False):
        template = rng.choice(["{password}", "{password}", "{b62:24}", "{hex:32}"])
        value = shapes.make(rng, template)
        label = Label("told", "disguised", value, f"prose:{row[:24]}")
        yield channel, "", row.replace("{v}", value), (label,)


def harmless_pairs(rng: Random) -> Iterator[Step]:
    """Look-alikes in the very rows in which secrets stand: each in four places."""
    for row in harmless.PAIRS:
        name, template = row.split(" ", 1)
        for carrier in rng.sample(_TEXTUAL, 4):
            value = shapes.make(rng, template) if "${{" not in template else template
            line = rendered(carrier.row, name, value)
            text = carrier.head + line + carrier.tail
            shown = max(line.split("\n"), key=len).strip()
            label = Label(f"pair:{name}", "harmless", shown, carrier.place)
            yield carrier.channel, carrier.where, text, (label,)


def harmless_lines(rng: Random) -> Iterator[Step]:
    """Lines of ordinary sessions, six at a time."""
    channels = cycle(["bash", "read", "write", "edit", "prompt", "say", "fetch", "mcp", "agent"])
    for _ in range(4):
        rows = rng.sample(_ORDINARY, len(_ORDINARY))
        for at in range(0, len(rows), 6):
            channel = next(channels)
            lines = [shapes.make(rng, row) for row in rows[at : at + 6]]
            where = {"bash": "cat notes", "read": "a.txt", "write": "b.txt", "edit": "c.txt"}
            labels = tuple(
                Label(f"line:{row[:40]}", "harmless", line.strip(), channel)
                for row, line in zip(rows[at : at + 6], lines, strict=True)
            )
            yield channel, where.get(channel, "docs__get"), "\n".join(lines), labels


def harmless_blocks(rng: Random) -> Iterator[Step]:
    """Certificates, fonts, pictures: several lines, or a long one."""
    for channel, where in (("read", "a.txt"), ("bash", "cat a"), ("agent", "")):
        for kind, text, stay in harmless_more.blocks(rng):
            yield channel, where, text, tuple(Label(kind, "harmless", t, channel) for t in stay)
    for _ in range(3):
        data = harmless_more.png(rng)
        yield "image", "", data, (Label("image", "harmless", data, "image"),)


def people(composer: Composer) -> None:
    """What is personal, in some of the sessions."""
    for index, session in enumerate(composer.sessions[:12]):
        rng, who = composer.rng, session.person
        items = [*personal.homes(rng, who), *personal.names(rng, who), *personal.numbers(rng)]
        for kind, channel, where, text, values in items[index % 3 :: 3]:
            scene = session.scene()
            place(session, scene, channel, where, text)
            for value in values:
                spelled = (json.dumps(value)[1:-1],)
                scene.add(Label(kind, "personal", value, f"{channel}:{where}", (spelled,)))
