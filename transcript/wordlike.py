"""How much of a text is like words, and what passwords look like that people make of words."""

import re

_PAIRS_OF_WORDS = (
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se"
    " le sa si ar ve ra ld ur ro ri io me ne co ma li ic ce us ta ec ll om ch ca la no el so ns pe"
    " un ut ai di il ac po nc wi ho ni ot ee ss lo ge tr rs ie em oo be ad pr sh id ul ay ir mo da"
    " tu ts wa na am rt ow im ke ig ex op ol ab fo ct mp fi su pl cl sp ap pa ev ay iv ag ef ub"
    " do um os ty up ph ck ad gr mi bl ry qu ui ue oc ob od ov wo ft sc rd gi ef if ff rm rk by"
    " ey ok og ga bo bu bi ba br cr cu cy dr du fa fe fr go gu ki lu mu nu ny pu ru rn rv sk sw"
    " tt vi wh ws xt ye yp ys rl ly ls lt pi va vo au av aw ew gs gn ks ds rc rg mb my lf nf nv"
    " pp rr mm nn cc dd gg eg ep eq es ih ip"
)
_COMMON_PAIRS = frozenset(_PAIRS_OF_WORDS.split())
"""Letter pairs that words and identifiers are made of; random letters hit about a third."""

_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NO_NAME = r"(?!(?i:sha|base|utf|u?int|float|python|curve|ascii|blake|ipv|java|node|x)\d)"
"""Before a word with a number: not `sha256`, `base64` and their like."""
_NUMBERED_WORD = rf"^{_NO_NAME}[A-Z][a-z]{{3,24}}\d{{3,4}}\.[A-Z][a-z]{{2,24}}$"
DOTTED = re.compile(
    r"^[A-Za-z]{3,24}\.[A-Za-z]{3,24}\d{2,6}[!?$#*&%]?$"
    rf"|^[A-Z][a-z]{{3,24}}\d{{4}}[.]\d{{1,2}}$|^{_NO_NAME}"
    r"[A-Za-z]{4,24}\d{2,4}\.[A-Za-z]{4,24}$"
    rf"|{_NUMBERED_WORD}"
)
"""`kettle.crimson8015`, `kettle22.crimson`, `Kettle8015.Cri`: two words and a number, which no
attribute has."""
NUMBERED_WORD = re.compile(_NUMBERED_WORD)
"""`Kettle8015.Cri`."""
LEET = re.compile(r"^(?=.*[A-Z])(?=.*[a-z]{2})(?=.{12})(?:[A-Za-z]{1,24}\d{1,4}){2,6}(?<=\d\d)$")
"""`Silv3rOtter214`: no identifier has a digit inside a word and a number behind it."""
MADE_OF_WORDS = re.compile(
    r"^(?:[a-z]{4,16}(?:[-_.!][a-z]{4,16}){1,3}[-_.!]?\d{3,4}|(?:[A-Z][a-z@\d]{3,16}){2}\d{2,4})[!?$#*&%]?$"
    r"|^[A-Z][a-z]{4,16}\d{4}$"
    r"|^[A-Za-z]{4,16}\d{2,6}[!?$#*&%]{1,2}[A-Za-z\d]{0,6}$|^[A-Za-z]{4,16}[!?$#*&%]{1,2}\d{2,6}[!?]?$"
    r"|^[A-Za-z]{4,16}\d{2,4}[!?$#*&%@+=~_-][A-Za-z]{4,16}$|^[A-Z][a-z]{3,16}\d{4}_[a-z]$"
    r"|^[A-Z][a-z]{3,16}[-_][A-Z][a-z]{3,16}\d{2,4}$|^(?:[A-Z][a-z]{3,16}[-_.]){2,4}\d{2,4}$"
    r"|^[a-z]{4,16}[A-Z][a-z]{3,16}\d{2}$|^[A-Z][a-z]{3,16}(?:\d{4}@|@\d{4}[a-z]{0,4})$"
)
"""`kettle-crimson8015`, `kettle-crimson-815`, `RustyHarbor815`, `harbor2019!`, `harbor22-kettle`,
`Copper-Kettle65`, `Copper-Kettle-Harbor-38`, `copperKettle47`."""
LEETED = re.compile(
    r"^(?=.{10,32}$)(?=.*[A-Z])(?=.*[A-Za-z]\d[A-Za-z])(?=.*\d[^\d]+\d)"
    r"[A-Za-z\d]+[!?$#*&%@+=~_-][A-Za-z\d]+$"
)
"""`K3ttL3_73CRI`: digits inside of words, and a sign."""
YEARED = re.compile(r"^[A-Za-z]{5,16}\d{4}$|^(?:[A-Z][a-z]{3,16}){2}\d{3}$")
"""`Harbor2019`: where code would have a variable, it would have fewer digits."""
_UNLIKE_NAMES = re.compile(
    rf"{_NO_NAME}"
    r"[A-Za-z]{4,16}\d{2,4}[-_.+=~][A-Za-z]{4,16}$|(?:[A-Z][a-z]{3,16}[-_.]){2,4}\d{2,4}$"
    r"|(?:[a-z]{3,16}[-_.]){3,5}\d{2,4}$|(?:[a-z]{3,12}-){3,6}[a-z]{3,12}$"
)
"""`harbor22-kettle`, `Copper-Kettle-38`, `copper-kettle-harbor-38`: nothing else is called so."""

KEY_OF_WORDS = re.compile(
    r"^(?=.{8,64}$)(?=(?:[^\d]*\d){2})(?=(?:[^A-Za-z]*[A-Za-z]){4})"
    r"(?:[\w.:+-]*[!?*#%^&~$][\w.:!?*#%^&~$+-]*|\w{8,}\+\d*|[\w.]*[A-Za-z]{4}\d{3,}[-_.]{1,2})$"
    r"|^(?:[A-Z][a-z]{2,16}[-_.]){2,4}\d{2,6}$|^[A-Z][a-z]{7,24}(?!19|20)\d{4}$|^[A-Z][a-z]{3,16}\d{4}\.\d{1,2}$"
    r"|^[a-z]{3,12}(?P<sign>[-_.])(?:[a-z]{3,12}(?P=sign)){3,6}\d{2,4}$|^(?:[a-z]{3,12}\.){3}\d{2,4}$|^(?:[a-z]{4,12}\.){2}\d{3}$"
    r"|^[a-z]{4,12}_[a-z]{4,12}_(?!19|20)\d{4}$"
    r"|^\d{2,4}[A-Z][a-z]{3,16}[-_.][a-z]{3,16}$|^(?:[a-z]{3,12}_){2,3}[a-z]{3,12}\d{2,4}$|^[A-Z]{3,12}_[a-z]{4,16}\d{3,4}$|^[A-Z][a-z]{4,16}\d{1,2}_\d{3,4}$"
)
"""`*Sakura583Berlin!`, `Bubbles-Bayern-0814`, `Herbstwinter3259`, `44Tolola.lari`: what a person
makes up for a key, and no program calls anything."""


_DOUBLED = re.compile(r"([a-z]{4,10})\1\d{1,4}$|[A-Z][a-z]{3,16}_\d{2}[a-z]{3,8}$")
"""`silversilver3`, `Rovers_89ever`."""


def is_unlike_names(value: str) -> bool:
    """True for what people make up of words, and no program calls anything."""
    return bool(
        _UNLIKE_NAMES.match(value)
        or KEY_OF_WORDS.match(value)
        or NUMBERED_WORD.match(value)
        or _DOUBLED.match(value)
    )


def word_share(text: str) -> float:
    """Share of the letter pairs of `text` (inside words and camel humps) that words are made of.

    About 0.9 for words and identifiers, 0.35 for random letters; 0 without a pair.
    """
    pairs = common = 0
    for hump in _HUMP.findall(text):
        low = hump.lower()
        for index in range(len(low) - 1):
            pairs += 1
            common += low[index : index + 2] in _COMMON_PAIRS
    return common / pairs if pairs else 0.0
