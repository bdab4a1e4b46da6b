"""What is encrypted already stays, and what stands beside it goes."""

import base64
import random

import pytest
from ccshare.transcript.detect import find, find_value

SOURCE = random.Random(7)
BODY = [SOURCE.randbytes(40).hex() for _ in range(3)]
SEALED = "AgB" + base64.b64encode(SOURCE.randbytes(300)).decode()
SOPS = "ENC[AES256_GCM,data:{},iv:{},tag:{},type:str]".format(
    *(base64.b64encode(SOURCE.randbytes(size)).decode() for size in (20, 32, 16))
)
SECRET = SOURCE.randbytes(16).hex()
TEXTS = (
    "$ANSIBLE_VAULT;1.1;AES256\n{0}\n{1}\n{2}\n",
    "vault_password: !vault |\n  $ANSIBLE_VAULT;1.2;AES256;prod\n  {0}\n  {1}\n",
    "     1\u2192$ANSIBLE_VAULT;1.1;AES256\n     2\u2192{0}\n     3\u2192{1}\n",
    "@@ -0,0 +1,3 @@\n+$ANSIBLE_VAULT;1.1;AES256\n+{0}\n+{1}\n",
    "db_password: {sops}\nuser: app\n",
    'API_TOKEN="{sops}"\n',
    "kind: SealedSecret\nspec:\n  encryptedData:\n    password: {sealed}\n    token: {sealed}\n",
    '{{"encryptedData": {{"password": "{sealed}"}}}}',
    "  3\t  encryptedData:\n  4\t    password: {sealed}\n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_encrypted_stays(text: str) -> None:
    filled = text.format(*BODY, sops=SOPS, sealed=SEALED)
    assert not find(filled)
    more = f"{filled}\nother_password: {SECRET}\n"
    assert [more[span.start : span.end] for span in find(more)] == [SECRET]


def test_encrypted_value_of_a_key_stays() -> None:
    assert not find_value("password", SOPS)
    assert find_value("password", SECRET)
