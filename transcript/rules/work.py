"""What people work with: issues, notes, files, design, sites, sign-in, and formats of anybody."""

from ..checks import is_jwt, is_mixed
from .base import LEFT, RIGHT, Rule

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

# fmt: off
RULES: tuple[Rule, ...] = (
    # -- issues, notes, files
    Rule("linear-key", "Linear API key", ("lin_api_",), r"lin_api_[A-Za-z0-9]{32,64}",
         "lin_api_<an:40>", "lin_api_x", "Linear: authentication"),
    Rule("linear-oauth-token", "Linear OAuth token", ("lin_oauth_",), r"lin_oauth_[A-Za-z0-9]{32,64}",
         "lin_oauth_<hex:64>", "lin_oauth_x", "Linear: OAuth"),
    Rule("notion-token", "Notion token", ("ntn_",), LEFT + r"ntn_[A-Za-z0-9]{40,50}(?!\w)",
         "ntn_<dig:11><an:35>", "ntn_<an:12>", "Notion: authorization", is_mixed),
    Rule("notion-old-token", "Notion token from before 2024", ("secret_",),
         LEFT + r"secret_[A-Za-z0-9]{43}(?!\w)",
         "secret_<an:43>", "secret_<an:12>", "Notion: authorization", is_mixed),
    Rule("asana-token", "Asana personal access token", ("1/", "2/"),
         r"(?<![\w/.])[12]/[0-9]{10,20}(?:/[0-9]{10,20})?:[a-f0-9]{32}" + RIGHT,
         "2/<dig:16>/<dig:16>:<hex:32>", "2/<dig:16>", "Asana: personal access tokens"),
    Rule("clickup-token", "ClickUp personal token", ("pk_",), LEFT + r"pk_[0-9]{6,10}_[A-Z0-9]{32}",
         "pk_<dig:8>_<up:32>", "pk_<dig:8>_<up:6>", "ClickUp: authentication"),
    Rule("trello-token", "Trello token", ("ATTA",), LEFT + r"ATTA[a-f0-9]{64}[A-F0-9]{8}",
         "ATTA<hex:64><uphex:8>", "ATTA<hex:9>", "Trello: API tokens"),
    Rule("dropbox-token", "Dropbox token", ("sl.",), r"(?<![\w.-])sl\.(?:u\.)?[A-Za-z0-9_-]{100,}",
         "sl.u.<url:140>", "sl.x", "Dropbox: OAuth", is_mixed),
    Rule("typeform-token", "Typeform token", ("tfp_",), LEFT + r"tfp_[A-Za-z0-9_.=-]{44,70}",
         "tfp_<an:44>_<an:14>", "tfp_<an:9>", "Typeform: personal access tokens"),
    Rule("postman-key", "Postman key", ("PMAK-",), r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
         "PMAK-<hex:24>-<hex:34>", "PMAK-<hex:9>", "Postman: API keys"),
    Rule("postman-collection-key", "Postman collection key", ("PMAT-",),
         LEFT + r"PMAT-[A-Z0-9]{26}" + RIGHT, "PMAT-<up:26>", "PMAT-<up:9>",
         "Postman: collection access keys"),
    Rule("rapidapi-key", "RapidAPI key", ("jsn",),
         LEFT + r"[a-z0-9]{10}msh[a-z0-9]{15}p[a-z0-9]{6}jsn[a-z0-9]{12}" + RIGHT,
         "<hex:10>msh<hex:15>p1<hex:5>jsn<hex:12>", "<hex:10>msh<hex:9>", "RapidAPI: keys"),
    # -- design, sites, customers
    Rule("figma-token", "Figma token", ("figd_", "figo_", "figu_", "figor_", "figur_"),
         LEFT + r"fig[dou]r?_[A-Za-z0-9_-]{38,}",
         "figd_<url:40>", "figd_x", "Figma: access tokens", is_mixed),
    Rule("frameio-token", "Frame.io developer token", ("fio-u-",), r"fio-u-[A-Za-z0-9_=-]{64}",
         "fio-u-<url:64>", "fio-u-<an:9>", "Frame.io: developer tokens"),
    Rule("canva-secret", "Canva client secret", ("cnvca",), LEFT + r"cnvca[A-Za-z0-9_-]{51}",
         "cnvca<url:51>", "cnvca<an:9>", "Canva: Connect API", is_mixed),
    Rule("contentful-token", "Contentful management token", ("CFPAT-",),
         r"CFPAT-[A-Za-z0-9_-]{43}", "CFPAT-<url:43>", "CFPAT-<an:9>",
         "Contentful: personal access tokens"),
    Rule("sanity-token", "Sanity API token", ("sk",), LEFT + r"sk[A-Za-z0-9]{120,200}" + RIGHT,
         "sk<an:178>", "sk<an:40>", "Sanity: API tokens", is_mixed, sure=False),
    Rule("hubspot-token", "HubSpot private app token", ("pat-na", "pat-eu", "pat-ap"),
         LEFT + r"pat-(?:na|eu|ap)[0-9]{1,2}-" + _UUID,
         "pat-na1-<uuid:1>", "pat-na1-<hex:8>", "HubSpot: private apps"),
    Rule("salesforce-refresh-token", "Salesforce refresh token", ("5Aep861",),
         LEFT + r"5Aep861[A-Za-z0-9._]{60,}",
         "5Aep861<an:80>", "5Aep861<an:9>", "Salesforce: OAuth"),
    Rule("adobe-secret", "Adobe client secret", ("p8e-", "p8_"),
         LEFT + r"(?:p8e-[A-Za-z0-9_-]{32}|p8_[A-Za-z0-9_-]{32})" + RIGHT,
         "p8e-<url:32>", "p8e-<an:9>", "Adobe: OAuth credentials", is_mixed),
    # -- sign-in
    Rule("workos-key", "WorkOS API key", ("sk_a2V5X",), LEFT + r"sk_a2V5X[A-Za-z0-9]{30,}",
         "sk_a2V5X<an:60>", "sk_a2V5X<an:9>", "WorkOS: API keys"),
    Rule("stytch-secret", "Stytch secret", ("secret-live-", "secret-test-"),
         LEFT + r"secret-(?:live|test)-[A-Za-z0-9_=-]{36}",
         "secret-live-<url:36>", "secret-live-<an:9>", "Stytch: API keys", is_mixed),
    Rule("jumpcloud-key", "JumpCloud API key", ("jca_",), LEFT + r"jca_[A-Za-z0-9]{36}" + RIGHT,
         "jca_<an:36>", "jca_<an:9>", "JumpCloud: API keys", is_mixed),
    Rule("ory-token", "Ory token", ("ory_",),
         LEFT + r"ory_(?:pat|apikey|st|at|rt|ac)_[A-Za-z0-9_.-]{30,}",
         "ory_pat_<an:32>", "ory_at_<an:9>", "Ory: tokens", is_mixed),
    Rule("authress-key", "Authress service client key", (".acc_", ".acc-"),
         LEFT + r"[a-z]{2,8}_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}"
         r"\.[A-Za-z0-9+/_=-]{30,120}",
         "sc_<low:20>.<low:4>.acc_<low:20>.<b64:43>", "sc_<low:9>.x", "Authress: access keys"),
    Rule("prefect-key", "Prefect key", ("pnu_", "pnb_"), LEFT + r"pn[ub]_[A-Za-z0-9]{36}" + RIGHT,
         "pnu_<an:36>", "pnu_<an:9>", "Prefect: API keys", is_mixed),
    # -- formats of anybody
    Rule("jwt", "JSON Web Token", ("eyJ",),
         # A header is bounded: from each of a run of beginnings it would be read to the end.
         r"(?<![\w.-])eyJ[A-Za-z0-9_-]{10,1000}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){0,3}",
         "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ<an:20>.<url:43>", "eyJhbGciOiJIUzI1NiJ9.<an:6>",
         "RFC 7519", is_jwt),
    Rule("ccshare-key", "ccshare API key", ("ccs_",), LEFT + r"ccs_[A-Za-z0-9_-]{20,}",
         "ccs_<an:30><crc:6>", "ccs_key_name", "ccshare: app/keys.py", is_mixed),
)
# fmt: on
