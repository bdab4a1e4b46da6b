"""How counts, spans of time and sizes are put into words. All are Jinja filters too."""

from datetime import UTC, datetime

THIN = "\N{NO-BREAK SPACE}"
PLURALS = {"entry": "entries", "match": "matches"}


def counted(count: int, noun: str) -> str:
    """`1 line`, `1,204 lines`."""
    many = noun if count == 1 else PLURALS.get(noun, noun + "s")
    return f"{count:,}{THIN}{many}"


def short(count: float) -> str:
    """`950`, `14.9 k`, `2.1 M`: three figures are enough for tokens."""
    for step, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= step:
            scaled = count / step
            return f"{scaled:.1f}{THIN}{letter}" if scaled < 100 else f"{scaled:.0f}{THIN}{letter}"
    return f"{count:.0f}"


def span(seconds: float) -> str:
    """`0.8 s`, `4 s`, `22 s`, `6 min`, `1 h 20 min`, `3 days`."""
    if seconds < 9.95:
        return f"{seconds:.1f}".removesuffix(".0") + f"{THIN}s"
    if seconds < 100:
        return f"{seconds:.0f}{THIN}s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes}{THIN}min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours}{THIN}h" + (f"{THIN}{minutes}{THIN}min" if minutes else "")
    return counted(round(hours / 24), "day")


def size(octets: int) -> str:
    """`182 KB`."""
    for step, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if octets >= step:
            scaled = octets / step
            return f"{scaled:.1f}{THIN}{unit}" if scaled < 10 else f"{scaled:.0f}{THIN}{unit}"
    return f"{octets}{THIN}B"


def moment(stamp: object) -> datetime | None:
    """The time of an ISO stamp or datetime in UTC, or None when it is none."""
    if isinstance(stamp, str) and len(stamp) <= 40:
        try:
            stamp = datetime.fromisoformat(stamp)
        except ValueError:
            return None
    if not isinstance(stamp, datetime):
        return None
    try:
        return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
    except OverflowError:
        return None


def iso(stamp: object) -> str:
    """What belongs in `<time datetime>`; "" when there is no time."""
    found = moment(stamp)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ") if found else ""


def clock(stamp: object) -> str:
    """`09:14:07`, in UTC; scripts turn it into the reader's own time."""
    found = moment(stamp)
    return found.strftime("%H:%M:%S") if found else ""


def day(stamp: object) -> str:
    """`20 Nov 2026`."""
    found = moment(stamp)
    return f"{found.day} {found.strftime('%b %Y')}" if found else ""


def until(stamp: object, now: datetime | None = None) -> str:
    """`in 29 days`, `today`: for the expiry note, which is never cached."""
    found = moment(stamp)
    if not found:
        return ""
    days = (found - (now or datetime.now(UTC))).days
    return "today" if days < 1 else f"in {counted(days, 'day')}"


def seconds_between(first: object, last: object) -> float | None:
    """Seconds from one stamp to another, or None when either is missing or they run backwards."""
    start, end = moment(first), moment(last)
    if not start or not end or end < start:
        return None
    return (end - start).total_seconds()


def removed(count: int) -> str:
    """`1 secret or private detail was removed`, `3 secrets or private details were removed`."""
    if count == 1:
        return "1 secret or private detail was removed"
    return f"{count:,} secrets or private details were removed"


def model(name: str) -> str:
    """`claude-opus-4-5-20251101` is read as `Opus 4.5`; unknown forms stay as they are."""
    parts = name.removeprefix("claude-").split("-")
    if not name.startswith("claude-") or len(parts) < 2:
        return name
    family = next((part for part in parts if part.isalpha()), "")
    version = ".".join(part for part in parts if part.isdigit() and len(part) < 3)
    return f"{family.capitalize()} {version}".strip() if family else name


FILTERS = {
    "counted": counted,
    "short": short,
    "span": span,
    "size": size,
    "iso": iso,
    "clock": clock,
    "day": day,
    "until": until,
    "model": model,
    "removed": removed,
}
