"""Values that are written so that a plain look misses them: encoded, split, wrapped, coloured."""

import base64
import html
import json
from collections.abc import Callable
from random import Random
from urllib.parse import quote

Disguised = tuple[str, tuple[tuple[str, ...], ...]]
"""The text, and the spellings of the value in it."""


def inside_base64(before: str, value: str, after: str) -> Disguised:
    """Base64 of a text; the spelling is what of it only the value decides."""
    text = base64.b64encode((before + value + after).encode()).decode()
    start = -(-len(before.encode()) * 4 // 3) + 1
    end = len((before + value).encode()) * 4 // 3 - 1
    return text, ((text[start:end],),)


def _b64(rng: Random, name: str, value: str) -> Disguised:
    text, forms = inside_base64("", value, "")
    return f"echo {text} | base64 -d", forms


def _b64_env(rng: Random, name: str, value: str) -> Disguised:
    text, forms = inside_base64(f"PORT=80\n{name}=", value, "\nDEBUG=1\n")
    return f"ENV_FILE={text}", forms


def _b64_json(rng: Random, name: str, value: str) -> Disguised:
    text, forms = inside_base64(f'{{"{name.lower()}":"', value, '","v":1}')
    return f'{{"payload": "{text}"}}', forms


def _b64_twice(rng: Random, name: str, value: str) -> Disguised:
    inner, (form,) = inside_base64(f"{name}=", value, "\n")
    at = inner.index(form[0])
    text, forms = inside_base64(inner[:at], form[0], inner[at + len(form[0]) :])
    return f"data: {text}", forms


def _b64_wrapped(rng: Random, name: str, value: str) -> Disguised:
    before = f"# {'settings ' * 9}\n{name}="
    text = base64.encodebytes((before + value + "\n").encode()).decode().rstrip("\n")
    whole, (form,) = inside_base64(before, value, "\n")
    at = whole.index(form[0])
    pieces = []
    for row in range(0, len(whole), 76):
        piece = whole[max(row, at) : min(row + 76, at + len(form[0]))]
        if len(piece) >= 8:
            pieces.append(piece)
    return text, (tuple(pieces),)


def _url(rng: Random, name: str, value: str) -> Disguised:
    body = quote(f'{{"{name.lower()}":"{value}"}}', safe="")
    return f"GET /cb?state={body}&page=1", ((quote(value, safe=""),),)


def _url_dsn(rng: Random, name: str, value: str) -> Disguised:
    text = f"next=https%3A%2F%2Fapp%3A{quote(value, safe='')}%40db.internal%2Fx"
    return text, ((quote(value, safe=""),),)


def _entities(rng: Random, name: str, value: str) -> Disguised:
    text = f"&lt;add key=&quot;{name}&quot; value=&quot;{html.escape(value)}&quot;/&gt;"
    return text, ((html.escape(value),),)


def _numeric_entities(rng: Random, name: str, value: str) -> Disguised:
    coded = "".join(f"&#{ord(c)};" if not c.isalnum() else c for c in value)
    return f"<b>{name}</b>=<code>{coded}</code>", ((coded,),)


def _json_in_json(rng: Random, name: str, value: str) -> Disguised:
    inner = json.dumps({"settings": json.dumps({name: value, "port": 1})})
    return json.dumps({"body": inner}), ()


def _unicode_escapes(rng: Random, name: str, value: str) -> Disguised:
    coded = "".join(c if c.isalnum() else f"\\u{ord(c):04x}" for c in value)
    return f'{{"{name.lower()}": "{coded}"}}', ((coded,),)


def _ansi(rng: Random, name: str, value: str) -> Disguised:
    cut = len(value) // 2
    coded = f"\x1b[1m{value[:4]}\x1b[0m{value[4:cut]}\x1b[31m{value[cut:]}\x1b[0m"
    return f"\x1b[32m{name}\x1b[0m=\x1b[33m{coded}", ((coded,), (value[4:cut], value[cut:]))


def _ansi_each(rng: Random, name: str, value: str) -> Disguised:
    coded = "".join(f"\x1b[3{rng.randrange(8)}m{c}" for c in value) + "\x1b[0m"
    return f"{name}: {coded}", ((coded,),)


def _halves(value: str, n: int = 2) -> list[str]:
    size = -(-len(value) // n)
    return [value[at : at + size] for at in range(0, len(value), size)]


def _plus(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    return f'const {name.lower()} = "{pieces[0]}" + "{pieces[1]}";', (tuple(pieces),)


def _plus_lines(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value, 3)
    lines = '" +\n    "'.join(pieces)
    return f'{name} = "{lines}"', (tuple(pieces),)


def _adjacent(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    return f'{name} = (\n    "{pieces[0]}"\n    "{pieces[1]}"\n)', (tuple(pieces),)


def _dot(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    return f"${name.lower()} = '{pieces[0]}' . '{pieces[1]}';", (tuple(pieces),)


def _wrapped(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    return f"{name}={pieces[0]}\\\n{pieces[1]}", (tuple(pieces),)


def _wrapped_terminal(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    return f"{name}={pieces[0]}\n{pieces[1]}\n$ ", (tuple(pieces),)


def _yaml_folded(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    text = f"{name.lower()}: >-\n  {pieces[0]}\n  {pieces[1]}\nport: 1"
    return text, (tuple(pieces),)


def _diff_cat(rng: Random, name: str, value: str) -> Disguised:
    return f"    12→+export {name}={value}\n    13→ # end", ()


def _hexdump(rng: Random, name: str, value: str) -> Disguised:
    coded = f"{name}={value}".encode().hex()
    return f"xxd -p: {coded}", ((value.encode().hex(),),)


def _hex_escapes(rng: Random, name: str, value: str) -> Disguised:
    coded = "".join(f"\\x{ord(c):02x}" if i % 5 == 0 else c for i, c in enumerate(value))
    return f"{name} = '{coded}'", ((coded,),)


def _quoted_printable(rng: Random, name: str, value: str) -> Disguised:
    pieces = _halves(value)
    return f"{name}: {pieces[0]}=\n{pieces[1]}", (tuple(pieces),)


def _bullet(rng: Random, name: str, value: str) -> Disguised:
    return f"**{name.replace('_', ' ').title()}**: *{value}*", ()


Maker = Callable[[Random, str, str], Disguised]
DISGUISES: list[tuple[str, Maker]] = [
    (maker.__name__.lstrip("_"), maker)
    for maker in (
        *(_b64, _b64_env, _b64_json, _b64_twice, _b64_wrapped, _url, _url_dsn, _entities),
        *(_numeric_entities, _json_in_json, _unicode_escapes, _ansi, _ansi_each, _plus),
        *(_plus_lines, _adjacent, _dot, _wrapped, _wrapped_terminal, _yaml_folded, _diff_cat),
        *(_hexdump, _hex_escapes, _quoted_printable, _bullet),
    )
]
