"""Calls that take a secret as an argument: encryption, signatures, logins, and the same in SQL.

Rows as in `structures`. Only a literal is one, and where a test or a table of letters may stand
there too, it has to look random.
"""

import re

from .forms import Form, chosen, form, made, scrambled
from .mixture import is_made_up, is_random, is_worded
from .values import Kind, is_plain, is_secret
from .wordlike import KEY_OF_WORDS

_TURNED = r"(?:[\w.\[\]]{1,40}\(){0,2}[bBrRuU]{0,2}"
"""What only makes bytes of a literal: `Buffer.from(`, `[]byte(`."""
_LITERAL = _TURNED + r"\\{0,3}[\"'`]([^\s\"'`\\]{8,512})\\{0,3}[\"'`]"
_ALGORITHM = r"(?:[\w:.]{1,40}\()?[\"'][\w-]{2,24}[\"']\)?,[ ]?"
_ANY = r"[^\"'\n,()]{1,60}(?:\([^\"'\n()]{0,40}\))?,[ ]?"


_HEX = re.compile(r"[0-9a-fA-F]{16,}$")


def _key(value: str) -> bool:
    """A key that a machine made, and no name of an algorithm."""
    if not made(value) or not (is_random(value) or len(value) >= 12):
        return False
    return bool(_HEX.match(value) or KEY_OF_WORDS.match(value)) or not is_worded(value)


def _typed(value: str) -> bool:
    """A password in code, and nothing that reads like a word."""
    if is_plain(value) or not is_secret(value, Kind.PASSWORD, literal=True):
        return False
    return is_made_up(value) or (is_random(value) and not is_worded(value))


CALLS: tuple[Form, ...] = (
    form("secret", "hmac.new(|hmac.digest(|HMAC.new(|Fernet(|AES.new(|AESGCM(|Poly1305(|SecretKeySpec(|hmacShaKeyFor(|Algorithm.HMAC|SymmetricSecurityKey(|aes.NewCipher(|SecretBox(|TimedSerializer(|DES3.new(|MessageEncryptor.new(|MessageVerifier.new(",  # noqa: E501
         r"(?:hmac\.new|hmac\.digest|HMAC\.new|Fernet|AES\.new|AESGCM|Poly1305|SecretKeySpec|hmacShaKeyFor|Algorithm\.HMAC\d{3}|SymmetricSecurityKey|aes\.NewCipher|SecretBox|TimedSerializer|DES3\.new|MessageEncryptor\.new|MessageVerifier\.new)"
         r"\(\s{0,20}" + _LITERAL, _key),
    form("secret", "createHmac(|createCipheriv(|createDecipheriv(|createCipher(|createDecipher(|HMAC.hexdigest(|HMAC.digest(|HMAC.base64digest(",  # noqa: E501
         r"(?:create(?:Hmac|(?:Dec|C)ipher(?:iv)?)|HMAC\.\w{0,6}digest)\(\s{0,20}" + _ALGORITHM + _LITERAL, _key),  # noqa: E501
    form("secret", "hmac.New(", r"\bhmac\.New\([\w.]{1,40},[ ]?" + _LITERAL, _key),
    form("secret", "hash_hmac(|CryptoJS.|openssl_encrypt(|openssl_decrypt(",
         r"(?:hash_hmac\([\"'][\w-]{2,16}[\"'],[ ]?" + _ANY
         + r"|CryptoJS\.\w{2,12}(?:\.(?:en|de)crypt)?\(" + _ANY
         + r"|openssl_(?:en|de)crypt\(" + _ANY + r"[\"'][\w-]{2,24}[\"'],[ ]?)" + _LITERAL, _key),
    form("secret", "wt.sign(|wt.encode(|wt.verify(|wt.decode(|WT.encode(|WT.decode(",
         r"(?i:jwt)\.(?:sign|verify|encode|decode)\((?:\{[^{}\n]{0,200}\},[ ]?|" + _ANY + r")\\{0,3}[\"'`]([^\s\"'`\\]{8,512})[\"'`]", _key),  # noqa: E501
    form("password", ".toCharArray()",
         r"\b(?:load|store|getKey|setEntry|getEntry|init|PasswordProtection|PBEKeySpec|setPassword|loadTrustMaterial|loadKeyMaterial)\([^\n\"]{0,80}\"([^\s\"\\]{8,128})\"\.toCharArray\(\)", _typed),  # noqa: E501
    form("password", "asic_auth(",
         r"basic_auth\([^\n\"(),]{0,40}\"[^\"\n]{1,80}\"(?:\.\w{1,12}\(\))?,[ ]?Some\((?:String::from\()?\"([^\s\"\\]{4,128})\"", chosen),  # noqa: E501
    form("password", "USERPWD",
         r"\b(?:CURLOPT_(?:PROXY)?|pycurl\.(?:PROXY)?|:)?USERPWD[\"']?(?:,|[ ]?=>|:)[ ]{0,2}[\"'][^\"':\n]{1,64}:([^\s\"']{4,128})[\"']", chosen),  # noqa: E501
    form("authorization", "earer |EARER |oken |asic |ApiKey ",
         r"(?:[bB]earer|BEARER|[tT]oken|ApiKey|[bB]asic) \\{0,3}[\"'`][ ]{0,3}(?:\+|\.|&|\.\.|<>|~)[ ]{0,3}\\{0,3}[\"'`]([\w+/=.~-]{16,2048})\\{0,3}[\"'`]", scrambled),  # noqa: E501
    form("password", "pgp_sym_",
         r"pgp_sym_(?:en|de)crypt(?:_bytea)?\((?:'[^'\n]{0,200}'(?:::\w{1,20})?|[^'\n]{1,120}?),[ ]?'([^'\s]{6,128})'", chosen),  # noqa: E501
    form("password", "AES_ENCRYPT(|AES_DECRYPT(|aes_encrypt(|aes_decrypt(",
         r"(?i:aes_(?:en|de)crypt)\((?:'[^'\n]{0,200}'|[^'\n,]{1,120}?),[ ]?'([^'\s]{6,128})'", chosen),  # noqa: E501
    form("password", "ByPassPhrase(|BYPASSPHRASE(|bypassphrase(",
         r"(?i:(?:en|de)cryptbypassphrase)\([ ]?N?'([^'\s]{6,128})'", chosen),
)  # fmt: skip
