"""Which names promise a secret: `db_password`, `apiKey`, `STRIPE_KEY`, but not `max_tokens`.

A name has a *stem* (`password`, `token`, `key`, …), what stands left of it (`db_`, `api`) and a
tail (`_file`, `s`). Several hundred names of real programs come from some thirty stems.
"""

import re
from functools import lru_cache

from .values import Kind

_BY_PERSON = r"p(?:ass(?:wor[dt]|w[de]?|phrase|code|e)?|wd|w(?![a-z])|sk(?![a-z])|in(?![a-z])|at(?![a-z])|hrase(?:(?<=seed.phrase)|(?<=overy.phrase)))"  # noqa: E501
COMMON = (
    rf"(?:{_BY_PERSON}|k(?:ey(?!word|board|frame|ed)|en(?<=token)|ie(?<=cookie)|ennwort)"
    r"|cre(?:t(?<=secret)|d(?:ential)?)|uth(?<=auth)(?:orization|entication)?|b(?:earer|hook(?<=webhook)))"
)
"""Matches in lower-cased text. Each begins at a rare letter of the stem, which makes the search
over everything fast; `stem_of` gives back the letters that stand before the match."""

RARE_WORDS = (
    "sonar",
    "dsn",
    "otp",
    "jwt",
    "monic",
    "salt",
    "pepper",
    "onnstr",
    "ionstr",
    "ion_str",
    "nn-str",
    "nn_str",
    "api_hash",
    "apihash",
    "certificate",
    "macaroon",
    *("erlang", "release_cookie", "release-cookie", "release.cookie", "releasecookie"),
)
RARE = (
    r"(?:api_?hash|app[_.-]?certificate|macaroon|(?:erlang|release)[_.-]?cookie|(?<=sonar)[_.]?login"
    r"|dsn|otp|jwt|mnemonic|salt|pepper|conn(?:ection)?[_-]?str(?:ing)?)"
)
"""The same for stems that few texts hold; one of RARE_WORDS is then in the text."""

_HEADS = {"ken": "to", "kie": "coo", "cret": "se", "bhook": "we"}

_CHOSEN = (*("pass", "pwd", "pw", "pin", "psk", "kennwort", "phrase"),)
_SHORT = frozenset("pass passe pw pin psk pat otp salt pepper dsn jwt cred hmac".split())  # noqa: SIM905
"""Stems that are also parts of other words: they must stand alone or be one hump of a name."""

_SERVICES = (
    "stripe|openai|anthropic|claude|gemini|mistral|cohere|groq|deepseek|openrouter|huggingface|hf"
    "|github|gitlab|gh|aws|azure|gcp|google|firebase|supabase|cloudflare|heroku|vercel|netlify|fly"
    "|slack|discord|telegram|twilio|sendgrid|mailgun|mailchimp|resend|postmark|brevo|pusher|ably"
    "|algolia|elastic|datadog|dd|sentry|newrelic|grafana|honeycomb|segment|mixpanel|amplitude"
    "|posthog|launchdarkly|square|paypal|adyen|braintree|shopify|plaid|coinbase|binance|alchemy"
    "|infura|etherscan|mapbox|maps|weather|openweather|news|youtube|twitter|facebook|instagram"
    "|linkedin|spotify|twitch|steam|zoom|dropbox|notion|airtable|linear|jira|figma|npm|pypi|nuget"
    "|docker|quay|jenkins|circleci|travis|snyk|sonar|codecov|pinecone|weaviate|qdrant|replicate"
    "|nextauth|cosmos|fal|zhipu|glm|kimi|moonshot|linode|hetzner|vultr|ovh|scaleway|railway|upstash|fastly"
    "|consul|nomad|wireguard|wg|gitea|rollbar|bugsnag|pagerduty|splunk|sumo|mattermost|okta|auth0|cloudinary"
    "|box|zendesk|freshdesk|confluent|kafka|influx(?:db)?|etsy|sendbird|snowflake|messagebird|digitalocean|do"
    "|render|kraken|trello|asana|clickup|hubspot|intercom|typeform|contentful|bitbucket|together|fireworks"
    "|xai|grok|voyage|stability|bitly|giphy|unsplash|pexels|tmdb|omdb|finnhub|polygon|alphavantage|nasa"
    "|here|tomtom|geocod\\w{0,6}|ipinfo|virustotal|shodan|rapid|rapidapi|steam|riot|vonage|nexmo|plivo"
    "|tavily|serp|serpapi|exa|perplexity|elevenlabs|deepgram|assemblyai|langsmith|wandb|redis"
    "|mongo|mysql|postgres|pg|db|database|smtp|mail|ftp|ldap|django|flask|laravel|rails|rabbitmq"
)
_PRODUCTS = (
    "cypress_record|currents_record|apollo|apollo_io|apollo_graph|speech|translator|translator_text|vision|apim"
    "|servicebus|eventhub|iothub|signalr|gcp|gcp_sa|google_sa|scout|logdna|split_io|mandrill|onesignal_rest|apns"
    "|new_relic_insert|insights_insert|instana_agent|crisp|vantage|quandl|mollie|worldpay|authnet_transaction"
    "|authorize_net_transaction|owm|pixabay|musixmatch|ipstack|geoapify|maptiler|mapquest|opencage|locationiq"
    "|stadia|w3w|nx_cloud|directus|meili|meilisearch|pplx|eleven|runway|runwayml|luma|heygen|serper|brave"
    "|brave_search|firecrawl|jina|nomic|runpod|lambda_labs|baseten|anyscale|cerebras|sambanova|nvidia|ngc|ai21|qwen"
    "|dashscope|minimax|baichuan|volc|ark_api|moralis|tenderly|coinmarketcap|cmc|blockfrost|helius|descope"
    "|descope_management|tacacs|luks|atuin|crowdsec|bouncer|opsgenie|victorops|pagerduty_routing|pagerduty_service"
    "|pagerduty_integration|pd_routing|ifttt|ifttt_maker|zapier|serverchan|healthchecks|healthchecks_ping|vt|otx"
    "|greynoise|hibp|urlscan|hunter_io|clearbit|proxycurl|scraper|scraperapi|scrapingbee|zyte|captcha|deepl|weblate"
    "|rebrandly|short_io|docusign|greenhouse|bamboohr|tmap|wechat|wxpay|api_v3|alipay|sonarr|radarr|lidarr|prowlarr"
    "|jellyfin|litellm|langfuse|assembly_ai|alpha_vantage|font_awesome|filament|tinymce|syncfusion|pinata|sops_age"
    "|uptime_robot|browserstack|saucelabs|service_role|role_service|logged_in|duo_s"
).replace("_", "[_.-]?")
"""Names of more than one word are written in many ways."""

_KEY_LEFT = re.compile(
    r"(?i)(?:api|access|account|private|sign(?:ing)?|signature|encrypt(?:ion)?|decrypt(?:ion)?|validation|master|auth|shared"
    r"|storage|service|deploy|license|admin|session|hmac|crypto|cipher|secret|client|subscription"
    r"|ssh|app|application|bot|webhook|jwt|rsa|gpg|pgp|consumer|write|read|ingest(?:ion)?"
    r"|integration|activation|recovery|wallet|storage|function|sdk|server|oauth|developer|partner"
    r"|merchant|gateway|unseal|licen[cs]e|vault|functions?|push|vapid|enc|aes"
    r"|(?:cosmos|db|storage|account|azure|bus|hub|maps|search|signalr|batch)[_-]?(?:primary|secondary)|token|password|credential|host|node|user|team|org|device|tunnel|peer|site_secret"
    rf"|ota|gossip|nwks|apps|firmware|crypt|creds|salt|deployer|mch|secure|(?<![a-z])send"
    rf"|bearer|cookie|sas|fernet|instrumentation|tsig|local|network|blowfish|{_SERVICES}"
    rf"|{_PRODUCTS})[_\-. ]?$"
)
"""What must stand before `key`: a key alone is a dictionary's."""

_ENV_KEY_LEFT = re.compile(
    r"(?<![A-Z])(?!(?:PRIMARY|FOREIGN|PUBLIC|CACHE|SORT|PARTITION|HOT|REGISTRY|SITE|PUBLISHABLE)_)[A-Z0-9]{2,30}_$"
)
"""`STRIPE_KEY`: in an environment variable any other word before it will do."""

_NO_SECRET_LEFT = re.compile(
    r"(?i)(?:^|[_-])(?:public|pub|site|publishable|max|min|num|total|n|input|output|cache|prompt|count|host|partition"
    r"|sort|idempotency)[_-]?$"
    r"|public[_-]?(?:key)?[_-]?$|application_?server[_-]?$|(?:next|page|prev|previous|continuation|sync|start|special|eos|bos|pad|unk|sep"
    r"|cls|mask|completion|reasoning)[_-]?(?:page)?[_-]?$"
)
"""Not secrets: counts of tokens, tokens of a vocabulary, and cursors (`nextPageToken`), which open
nothing without a key beside them."""

_COUNTED = re.compile(r"(?i)(?:^|[_-])(?:max|min|num)[_-]$")

NO_SECRET_TAIL = re.compile(
    r"^(?:s?[_-]?(?:count|cls|type|url|uri|path|file|name|field|id|ids|at|in|expir\w*|ttl|len|length|limit|size"
    r"|max|min|usage|policy|header|prefix|suffix|reset|hint|label|input|placeholder|format|regex|pattern"
    r"|manager|provider|store|ref|index|map|list|hash_?algo\w*|algorithm|alg|version|env|var|scope\w*"
    r"|budget|cost|price|per\w*|status|error|valid\w*|required|enabled|class|service|endpoint|arn"
    r"|fingerprint|accessor|title|text|message|desc\w*|help|chang\w*|updat\w*|creat\w*|attempts?|since|days|history|lifetime|timeout|domain|window|code|callback|mode|method|strength|hasher\w*|hashers|validators?|validation|generator|factory|parser|handler|helper|util\w*|cache)"
    r"|i[sz]\w*|or|ors|ority|ary|aries|s?_?(?:used|left|remaining|saved|total)|ed|er|ers|ing|iz\w*|less|ity|port|ive|age|word(?:s|ed)?|stone|ion|ions)(?:$|[_-])"
)

_LATER = re.compile(
    rf"{COMMON}"
    r"(?!word|port|board|ed|er|ing)"
)
_WHOLE = re.compile(rf"(?P<stem>{COMMON}|{RARE})(?P<tail>[a-z0-9_\-]{{0,24}})$")


def stem_of(matched: str) -> tuple[str, int]:
    """The stem behind a match of `COMMON`, and how many of its letters stand before the match."""
    head = _HEADS.get(matched, "")
    if matched.startswith("uth"):
        head = "a"
    return head + matched, len(head)


def last_stem(found: re.Match[str]) -> tuple[str, int, str]:
    """The last stem in a match, where it begins, and its tail: `password` of `KEYSTORE_PASSWORD`."""  # noqa: E501
    matched, tail, start = found["stem"], found["tail"], found.start("stem")
    if len(tail) > 3:
        for later in _LATER.finditer(tail):
            matched, start = later[0], found.end("stem") + later.start()
        tail = (
            tail[start + len(matched) - found.end("stem") :]
            if start > found.start("stem")
            else tail
        )
    stem, before = stem_of(matched)
    return stem, start - before, tail


def kind_of(stem: str) -> Kind:
    """What a name promises: a password may be chosen by a person, all else is machine-made."""
    if stem == "pat":
        return Kind.TOKEN
    return Kind.PASSWORD if stem.startswith(_CHOSEN) else Kind.KEY


def rule_of(stem: str) -> str:
    """The rule id in the mark for a value found beside this name."""
    if stem.startswith(_CHOSEN):
        return "password"
    for word in ("token", "cookie", "authorization"):
        if stem.startswith(word):
            return word
    if stem == "pat":
        return "token"
    if stem in ("bearer", "auth", "authentication"):
        return "authorization"
    if stem in ("jwt", "csrf"):
        return "token"
    return "api-key" if "key" in stem else "secret"


def secret_stem(key: str) -> str | None:
    """The secret word at the end of a JSON key (`db_password`, `apiKey`), or None."""
    return _secret_stem(key) if 2 <= len(key) <= 80 else None


@lru_cache(1024)
def _secret_stem(key: str) -> str | None:
    found = _WHOLE.search(key.lower())
    if not found:
        return None
    stem, start, tail = last_stem(found)
    if is_no_secret(key[:start], stem, tail):
        return None
    word = key[start : start + len(stem)]
    return stem if is_secret_name(stem, key[:start], word, tail) else None


_OF_ELSE = re.compile(
    r"(?:^|[0-9_-]|client|tenant|app|user|project|base|callback|redirect)"
    r"(?:ids?|ur[il]s?|domains?|audiences?|issuers?|hosts?|ports?|names?|regions?|realms?|tenants?|scopes?|callbacks?)$"
)
"""A tail that ends in what is no secret: `AUTH0_CLIENT_ID`, `auth0Domain`."""
_APP_ROLE = re.compile(r"(?i)(?:vault|app_?role)[_.-]?$")


def is_no_secret(left: str, stem: str, tail: str) -> bool:
    """True if `tail` behind the stem makes the name one of something else: its file, its id."""
    if stem == "secret" and tail in ("_id", "-id", "id") and _APP_ROLE.search(left):
        return False  # what an application logs in to Vault with
    return NO_SECRET_TAIL.match(tail) is not None or _OF_ELSE.search(tail) is not None


def is_secret_name(stem: str, left: str, word: str, tail: str) -> bool:
    """True if `left` + `word` + `tail` names a secret; `stem` is `word` in lower case."""
    if stem == "key" and not _KEY_LEFT.search(left):
        return word == "KEY" and _ENV_KEY_LEFT.search(left) is not None
    if stem in _SHORT and not _stands_alone(left, word, tail):
        return False
    if stem.startswith(_CHOSEN):  # `EMAIL_HOST_PASSWORD`
        return not _COUNTED.search(left)
    return not (left and _NO_SECRET_LEFT.search(left))


_OF_PASS = re.compile(
    r"(?i)(?:^|[^a-z])(?:require|store|key|trust|src|dest|user|db|my|root|admin|smtp|mail|sudo|ftp|bind|mysql|pg|ssl"
    r"|ansible_|sql|web|api|app|login|redis|mongo|rpc|http|proxy|wifi|wlan|vnc|rdp|ssh)$"
)
"""Words that are written together with a short stem: `-storepass`, `dbpass`."""


def _stands_alone(left: str, word: str, tail: str) -> bool:
    """True if a short stem is a word of its own: `db_pass`, `dbPass`, `PASS`, not `compass`."""
    if tail and not (tail[0] in "_-" or tail.isdigit() or tail == "s"):
        return False
    if not left or not left[-1].isalpha() or _OF_PASS.search(left):
        return True
    return word[0].isupper() and not left[-1].isupper()
