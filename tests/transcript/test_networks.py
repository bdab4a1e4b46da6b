"""Secrets in what configures networks and machines."""

import pytest
from ccshare.tests.transcript.test_structures import found, found_by_both

VALUES = ["Chatonmustang7049", "0eee81ff49b12a2b1dc40885", "hVgbq86A9Q?69"]
PLACES = [
    "radius-server host 10.0.0.9 auth-port 1812 key {}\n neighbor 10.0.0.2\n",
    "tacacs-server key {}\n",
    'createUser ops SHA "{}" AES "abc"\n',
    'createUser ops SHA "abcd" AES "{}"\n',
    "    DefaultPassword    REG_SZ    {}\n",
    ': PSK "x"\nvpnuser : XAUTH "{}"\n',
    '"l2tp" l2tpd "{}" *\n',
    "[smtp.relay.internal]:587 relay-user:{}\n",
    "dnpass = {}\n",
    "basic.auth.user.info=sr-user:{}\n",
    '    secure_link_md5 "$secure_link_expires$uri {}";\n',
    "  # caddy: header_up X-Proxy-Secret {}\n",
    '[server.tokens]\ndeploy = "{}"\n' + "port = 8080\n",
]
CODES = [
    (" * Debugger PIN: {}\n", "716-183-966"),
    ("sms otp for order 12: {}\n", "135007"),
    ('okhttp.OkHttpClient: {"pin":"{}","device":"c3507e"}', "767582"),
    ("Guest wifi: BronzeDagger\nAlarm code: {}\n", "249033"),
    ("> vpn pin {}, and more", "542561"),
    ("sms otp for order 12: {}\n", "204173"),
    ('okhttp.OkHttpClient: {"pin":"{}","device":"c3507e"}', "2041"),
    ("curl -fsS https://hc-ping.com/{}\n", "9df76dd0-c3fe-4a08-9003-3acb81e3293d"),
    (
        "static const uint8_t k_dev_key[16] = { {} };",
        ", ".join(["0x8f", "0xfb", "0xdc", "0x19"] * 4),
    ),
    ("Guest wifi: {}\n", "BronzeDagger374"),
    ("the wifi in the lab: {}\n", "river.oak.velvet.55"),
]
RANDOM = ["813c51b323e37eac0fe8518c0886bd72b6aedea569dc6672dcacfaa24477f953"]
RANDOM_PLACES = [
    "CLIENT_RANDOM bb47d1001e7cb59838b2cc945a05ea30b7c391b3d6f2dc5dd4dcd30d15b9d7e0 {}\n",
    "Authorization: AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature={}\n",
]
OTHERS = [
    '"name" value "something-2" *\n',
    '[tokens]\ncount = "twelve"\nmodel = "claude-sonnet-4-5-20250929"\n',
    '[credentials]\ngoogle_client_id = "120273753789-coq37tji5p4oaed3zd16ul0vfcc299em.apps"\n',
    "radius-server host 10.0.0.9 key chain\n",
    "proxy_set_header X-Api-Key $http_x_api_key;\n",
    "[host.internal]:587 user:password\n",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", VALUES)
def test_found(place: str, value: str) -> None:
    if "tokens]" in place and not value.islower():
        value = "s1N36u5WGuZ3e-d2mNmLi9T7DdQ90UTMfs"
    assert found_by_both(place.replace("{}", value, 1)) == [value]


@pytest.mark.parametrize("place", RANDOM_PLACES)
@pytest.mark.parametrize("value", RANDOM)
def test_random_ones_are_found(place: str, value: str) -> None:
    assert found_by_both(place.replace("{}", value, 1)) == [value]


@pytest.mark.parametrize(("place", "value"), CODES)
def test_codes_are_found(place: str, value: str) -> None:
    assert found_by_both(place.replace("{}", value, 1)) == [value]


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_found(text: str) -> None:
    assert found(text) == []
