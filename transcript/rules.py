"""The table of provider shapes: tokens that are known by their look alone.

Adding a rule is adding a row. A row holds

- `id`       the label in the mark `[REDACTED:id#n]`; lower case and dashes only
- `what`     one phrase for the report
- `keywords` literals, one of which must stand in the text before the pattern is tried at all;
             empty when no literal is rare enough: then the pattern itself joins the prefilter
- `pattern`  the shape. A group named `value` narrows what is taken out. Every quantifier is over
             one character class and none is nested, so no pattern can backtrack without bound;
             where a failed try could be repeated inside one long run, a lookbehind ties the
             pattern to the run's start
- `example`  must match; `counter` must not. Both are recipes (`ghp_<an:36>`), filled in with
             random characters by a test, so that this file holds nothing that looks like a key
- `source`   where the shape is documented
- `check`    a last look at the value, for what a pattern cannot say
- `sure`     False keeps the server from refusing an upload for it
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from .checks import is_jwt, is_mixed, is_not_documentation

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table; see the module's docstring."""

    id: str
    what: str
    keywords: tuple[str, ...]
    pattern: str
    example: str
    counter: str
    source: str
    check: Check | None = None
    sure: bool = True


# fmt: off
RULES: tuple[Rule, ...] = (
    # -- clouds
    Rule("aws-access-key", "AWS access key id", ("AKIA", "ASIA", "ABIA", "ACCA"),
         r"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])",
         "AKIA<up:16>", "AKIA<up:9>EXAMPLE", "AWS IAM identifiers", is_not_documentation),
    Rule("aws-bedrock-key", "Amazon Bedrock API key", ("ABSK", "bedrock-api-key-"),
         r"(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/]{60,}={0,2}",
         "ABSK<an:120>", "ABSK<an:20>", "Amazon Bedrock user guide"),
    Rule("google-api-key", "Google API key", ("AIza",), r"AIza[A-Za-z0-9_-]{35}",
         "AIza<url:35>", "AIza<url:20>", "Google Cloud: API keys"),
    Rule("google-oauth-token", "Google OAuth access token", ("ya29.",), r"ya29\.[A-Za-z0-9_-]{20,}",
         "ya29.<url:60>", "ya29.a", "Google OAuth 2.0"),
    Rule("google-client-secret", "Google OAuth client secret", ("GOCSPX-",),
         r"GOCSPX-[A-Za-z0-9_-]{24,}", "GOCSPX-<url:28>", "GOCSPX-", "Google OAuth 2.0"),
    Rule("google-refresh-token", "Google OAuth refresh token", ("1//0",),
         r"(?<![\w/])1//0[A-Za-z0-9_-]{40,}", "1//0<url:60>", "1//0/x", "Google OAuth 2.0"),
    Rule("azure-client-secret", "Entra ID client secret", ("Q~",),
         r"(?<![\w~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![\w~.-])",
         "<an:3>8Q~<an:33>", "8Q~<an:20>", "Microsoft Purview: Entra client secret"),
    Rule("azure-storage-key", "Azure storage or service key", ("Key=",),
         r"(?:Account|SharedAccess|Access)Key=(?P<value>[A-Za-z0-9+/]{43,88}={1,2})",
         "AccountKey=<b64:86>==", "AccountKey=abc==", "Azure: connection strings"),
    Rule("azure-sas", "Azure shared access signature", ("sig=",),
         r"[?&;]sig=(?P<value>[A-Za-z0-9%+/]{40,70}(?:%3[dD]|=))",
         "?sv=1&sig=<an:43>%3D", "?sig=abc%3D", "Azure: SAS tokens"),
    Rule("azure-devops-token", "Azure DevOps token", ("AZDO",),
         r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}",
         "<an:76>AZDO<an:4>", "<an:20>AZDO<an:4>", "Azure DevOps: PAT format"),
    Rule("digitalocean-token", "DigitalOcean token", ("_v1_",), r"do[opr]_v1_[a-f0-9]{64}",
         "dop_v1_<hex:64>", "dop_v1_<hex:20>", "DigitalOcean API reference"),
    Rule("cloudflare-token", "Cloudflare API token or key", ("cfk_", "cfut_", "cfat_"),
         r"cf(?:k|ut|at)_[A-Za-z0-9_-]{40,64}",
         "cfut_<an:48>", "cfut_<an:20>", "developers.cloudflare.com: token formats"),
    Rule("cloudflare-origin-key", "Cloudflare origin CA key", ("v1.0-",),
         r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}",
         "v1.0-<hex:24>-<hex:146>", "v1.0-<hex:24>", "Cloudflare: Origin CA keys"),
    Rule("fly-token", "Fly.io token", ("fm1", "fm2_", "fo1_"),
         r"(?:fm1[ar]_|fm2_)[A-Za-z0-9+/=_,-]{60,}|(?<![A-Za-z0-9])fo1_[A-Za-z0-9_-]{40,}",
         "FlyV1 fm2_<b64:120>", "fm2_<an:12>", "fly.io: tokens"),
    Rule("vercel-token", "Vercel token", ("vcp_", "vck_", "vci_", "vca_", "vcr_"),
         r"(?<![A-Za-z0-9])vc[pkiar]_[A-Za-z0-9]{24,80}",
         "vcp_<an:56>", "vcp_<an:8>", "vercel.com: access tokens"),
    Rule("netlify-token", "Netlify token", ("nfp_",), r"nfp_[A-Za-z0-9]{36}",
         "nfp_<an:36>", "nfp_<an:12>", "Netlify API"),
    Rule("heroku-key", "Heroku API key", ("HRKU-",), r"HRKU-[A-Za-z0-9_-]{36,}",
         "HRKU-<an:60>", "HRKU-<an:6>", "Heroku: authentication"),
    Rule("render-key", "Render API key", ("rnd_",), r"(?<![A-Za-z0-9])rnd_[A-Za-z0-9]{28,40}",
         "rnd_<an:32>", "rnd_<an:9>", "render.com API", is_mixed),
    # -- code hosting, packages
    Rule("github-token", "GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
         r"gh[pousr]_[A-Za-z0-9]{36,}",
         "ghp_<an:36>", "ghp_<an:12>", "docs.github.com: token prefixes"),
    Rule("github-fine-grained", "GitHub fine-grained token", ("github_pat_",),
         r"github_pat_[A-Za-z0-9_]{36,}",
         "github_pat_<an:22>_<an:59>", "github_pat_token", "docs.github.com: token prefixes"),
    Rule("gitlab-token", "GitLab token",
         ("glpat-", "gldt-", "glrt", "glcbt-", "glptt-", "glsoat-", "glft-", "glimt-", "glagent-",
          "gloas-", "glffct-", "glwt-"),
         r"gl(?:pat|dt|rtr?|cbt|ptt|soat|ft|imt|agent|oas|ffct|wt)-[A-Za-z0-9_-]{20,300}"
         r"(?:\.[a-z0-9]{2}\.[a-z0-9]{9})?",
         "glpat-<url:20>", "glpat-<an:8>", "docs.gitlab.com: token prefixes", is_mixed),
    Rule("bitbucket-token", "Bitbucket app password", ("ATBB",), r"ATBB[A-Za-z0-9_=.-]{28,}",
         "ATBB<an:32>", "ATBB<an:6>", "Bitbucket Cloud"),
    Rule("atlassian-token", "Atlassian API token", ("ATATT3", "ATCTT3"),
         r"AT[AC]TT3[A-Za-z0-9_=-]{60,}",
         "ATATT3<url:180>=<hex:8>", "ATATT3<an:9>", "Atlassian: API tokens"),
    Rule("npm-token", "npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}",
         "npm_<an:36>", "npm_config_registry_value", "docs.npmjs.com"),
    Rule("pypi-token", "PyPI token", ("pypi-Ag",), r"pypi-Ag[A-Za-z0-9_-]{50,}",
         "pypi-AgEIcHlwaS5vcmc<url:80>", "pypi-Agent", "pypi.org: API tokens"),
    Rule("rubygems-key", "RubyGems key", ("rubygems_",), r"rubygems_[a-f0-9]{48}",
         "rubygems_<hex:48>", "rubygems_version", "rubygems.org"),
    Rule("crates-token", "crates.io token", (),
         r"(?<![A-Za-z0-9])cio[A-Za-z0-9]{32}(?![A-Za-z0-9])",
         "cio<an:32>", "cio<an:9>", "crates.io", is_mixed),
    Rule("docker-token", "Docker Hub token", ("dckr_",), r"dckr_[op]at_[A-Za-z0-9_-]{20,}",
         "dckr_pat_<url:27>", "dckr_pat_x", "docs.docker.com"),
    # -- models
    Rule("anthropic-key", "Anthropic key", ("sk-ant-",),
         r"sk-ant-[a-z0-9]{2,12}-[A-Za-z0-9_-]{20,}",
         "sk-ant-oat01-<url:93>AA", "sk-ant-api03-...", "console.anthropic.com"),
    Rule("openai-key", "OpenAI key", ("sk-proj-", "sk-svcacct-", "sk-admin-", "T3BlbkFJ"),
         r"sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
         "sk-proj-<url:60>T3BlbkFJ<url:60>", "sk-proj-...", "platform.openai.com", is_mixed),
    Rule("sk-key", "API key in the sk- form", (),
         r"(?<![A-Za-z0-9-])sk-[A-Za-z0-9]{32,64}(?![\w-])",
         "sk-<an:48>", "sk-<an:12>", "DeepSeek, older OpenAI and others", is_mixed),
    Rule("openrouter-key", "OpenRouter key", ("sk-or-",), r"sk-or-v1-[a-f0-9]{64}",
         "sk-or-v1-<hex:64>", "sk-or-v1-<hex:8>", "openrouter.ai"),
    Rule("huggingface-token", "Hugging Face token", ("hf_", "api_org_"),
         r"(?<![A-Za-z0-9])(?:hf_|api_org_)[A-Za-z0-9]{34,40}(?![A-Za-z0-9_])",
         "hf_<an:34>", "hf_transfer_enabled", "huggingface.co: tokens", is_mixed),
    Rule("groq-key", "Groq key", ("gsk_",), r"gsk_[A-Za-z0-9]{48,56}",
         "gsk_<an:52>", "gsk_<an:9>", "console.groq.com"),
    Rule("xai-key", "xAI key", ("xai-",), r"xai-[A-Za-z0-9]{70,90}",
         "xai-<an:80>", "xai-<an:9>", "docs.x.ai"),
    Rule("perplexity-key", "Perplexity key", ("pplx-",), r"pplx-[A-Za-z0-9]{40,60}",
         "pplx-<an:48>", "pplx-<an:9>", "docs.perplexity.ai"),
    Rule("replicate-token", "Replicate token", ("r8_",), r"(?<![A-Za-z0-9])r8_[A-Za-z0-9]{37,40}",
         "r8_<an:37>", "r8_<an:9>", "replicate.com"),
    Rule("langsmith-key", "LangSmith key", ("lsv2_",), r"lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}",
         "lsv2_pt_<hex:32>_<hex:10>", "lsv2_pt_x", "docs.langchain.com"),
    # -- messages and mail
    Rule("slack-token", "Slack token", ("xox", "xapp-"),
         r"(?:xox[abeoprs]|xapp)-[A-Za-z0-9.-]{20,}",
         "xoxb-<dig:12>-<dig:12>-<an:24>", "xoxb-not-a-key", "docs.slack.dev: tokens", is_mixed),
    Rule("slack-webhook", "Slack webhook", ("hooks.slack.com/",),
         r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<value>[A-Za-z0-9/]{30,90})",
         "https://hooks.slack.com/services/T<up:9>/B<up:9>/<an:24>",
         "https://hooks.slack.com/services/T000/B000/XXX", "docs.slack.dev: webhooks", is_mixed),
    Rule("discord-token", "Discord bot token", (),
         r"(?<![\w.-])[MNO][A-Za-z0-9]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}(?![\w-])",
         "MT<an:24>.<url:6>.<url:38>", "M<an:9>.<an:6>.<an:9>", "discord.com/developers"),
    Rule("discord-webhook", "Discord webhook", ("/api/webhooks/",),
         r"/api/webhooks/\d{15,22}/(?P<value>[A-Za-z0-9_-]{40,80})",
         "https://discord.com/api/webhooks/<dig:18>/<url:68>",
         "https://discord.com/api/webhooks/123/x", "discord.com/developers"),
    Rule("telegram-token", "Telegram bot token", (":AA",),
         r"(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{32,34}(?![\w-])",
         "<dig:10>:AA<url:33>", "12:AA<an:9>", "core.telegram.org/bots"),
    Rule("twilio-key", "Twilio API key", (), r"(?<![A-Za-z0-9])SK[a-f0-9]{32}(?![A-Za-z0-9])",
         "SK<hex:32>", "SK<hex:12>", "twilio.com: API keys"),
    Rule("sendgrid-key", "SendGrid key", ("SG.",),
         r"(?<![\w.])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}",
         "SG.<url:22>.<url:43>", "SG.a.b", "sendgrid.com: API keys"),
    Rule("mailgun-key", "Mailgun key", ("key-",), r"(?<![\w-])key-[a-f0-9]{32}(?![\w-])",
         "key-<hex:32>", "key-<hex:8>", "mailgun.com"),
    Rule("mailchimp-key", "Mailchimp key", ("-us",), r"(?<![\w-])[a-f0-9]{32}-us\d{1,2}(?!\w)",
         "<hex:32>-us14", "<hex:8>-us14", "mailchimp.com"),
    Rule("brevo-key", "Brevo key", ("xkeysib-", "xsmtpsib-"),
         r"x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}",
         "xkeysib-<hex:64>-<an:16>", "xkeysib-x", "developers.brevo.com"),
    # -- money and shops
    Rule("stripe-key", "Stripe key", ("k_live_", "k_test_", "k_prod_"),
         r"(?<![A-Za-z0-9])[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}",
         "sk_live_<an:24>", "pk_live_<an:24>", "docs.stripe.com: keys", is_mixed),
    Rule("stripe-webhook", "Stripe webhook secret", ("whsec_",), r"whsec_[A-Za-z0-9+/]{24,}={0,2}",
         "whsec_<an:32>", "whsec_...", "docs.stripe.com: webhooks"),
    Rule("shopify-token", "Shopify token", ("shpat_", "shpca_", "shppa_", "shpss_", "shpua_"),
         r"shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}",
         "shpat_<hex:32>", "shpat_<hex:8>", "shopify.dev"),
    Rule("square-token", "Square token", ("sq0", "EAAA"),
         r"sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}|(?<![\w+/-])EAAA[A-Za-z0-9_-]{60}(?![\w+/-])",
         "sq0csp-<url:43>", "sq0idp-<url:22>", "developer.squareup.com"),
    # -- data
    Rule("databricks-token", "Databricks token", ("dapi",),
         r"(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-\d)?(?!\w)",
         "dapi<hex:32>", "dapi<hex:8>", "docs.databricks.com"),
    Rule("supabase-key", "Supabase key", ("sbp_", "sb_secret_"),
         r"sbp_(?:v0_|oauth_)?[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,}",
         "sbp_<hex:40>", "sb_publishable_<an:30>", "supabase.com: API keys"),
    Rule("planetscale-token", "PlanetScale token", ("pscale_",),
         r"pscale_(?:tkn|pw|oauth|app_secret)_[A-Za-z0-9_.=-]{32,64}",
         "pscale_tkn_<an:43>", "pscale_tkn_x", "planetscale.com"),
    Rule("neon-key", "Neon key", ("napi_",), r"(?<![A-Za-z0-9])napi_[a-z0-9]{40,70}",
         "napi_<low:64>", "napi_env", "neon.com"),
    Rule("airtable-token", "Airtable token", (), r"(?<!\w)pat[A-Za-z0-9]{14}\.[a-f0-9]{64}",
         "pat<an:14>.<hex:64>", "pat<an:14>.<hex:8>", "airtable.com/developers"),
    Rule("grafana-token", "Grafana token", ("glc_", "glsa_"),
         r"glc_[A-Za-z0-9+/]{32,}={0,2}|glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}",
         "glsa_<an:32>_<hex:8>", "glsa_<an:8>", "grafana.com"),
    # -- tools
    Rule("linear-key", "Linear key", ("lin_",), r"lin_(?:api|oauth)_[A-Za-z0-9]{32,64}",
         "lin_api_<an:40>", "lin_api_x", "linear.app/developers"),
    Rule("notion-token", "Notion token", (),
         r"(?<![A-Za-z0-9])(?:ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43})(?!\w)",
         "ntn_<dig:11><an:35>", "secret_<an:12>", "developers.notion.com", is_mixed),
    Rule("sentry-token", "Sentry token", ("sntry",),
         r"sntrys_[A-Za-z0-9+/=_-]{40,}|sntry[ur]_[a-f0-9]{64}",
         "sntryu_<hex:64>", "sntryu_<hex:8>", "docs.sentry.io: token formats"),
    Rule("new-relic-key", "New Relic key", ("NRAK-", "NRAL", "NRII-"),
         r"NRAK-[A-Z0-9]{27}|NRII-[A-Za-z0-9_-]{32}|(?<!\w)[a-f0-9]{36}NRAL",
         "NRAK-<up:27>", "NRAK-<up:6>", "docs.newrelic.com: API keys"),
    Rule("postman-key", "Postman key", ("PMAK-",), r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}",
         "PMAK-<hex:24>-<hex:34>", "PMAK-<hex:9>", "postman.com"),
    Rule("doppler-token", "Doppler token", ("dp.",),
         r"(?<![\w.])dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{2,40}\.)?[A-Za-z0-9]{40,44}",
         "dp.pt.<an:43>", "dp.pt.x", "docs.doppler.com"),
    Rule("vault-token", "Vault token", ("hvs.", "hvb.", "hvr."),
         r"(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{24,}",
         "hvs.<url:90>", "hvs.x", "developer.hashicorp.com: Vault tokens"),
    Rule("terraform-token", "HCP Terraform token", (".atlasv1.",),
         r"(?<!\w)[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}",
         "<an:14>.atlasv1.<an:67>", "x.atlasv1.y", "developer.hashicorp.com: Terraform"),
    Rule("pulumi-token", "Pulumi token", ("pul-",), r"(?<![\w-])pul-[a-f0-9]{40}",
         "pul-<hex:40>", "pul-<hex:8>", "pulumi.com"),
    Rule("tailscale-key", "Tailscale key", ("tskey-",),
         r"tskey-[a-z]{2,12}-[A-Za-z0-9]{6,30}(?:-[A-Za-z0-9]{8,60})?",
         "tskey-auth-<an:17>-<an:32>", "tskey-auth", "tailscale.com: key prefixes", is_mixed),
    Rule("dropbox-token", "Dropbox token", ("sl.",), r"(?<![\w.-])sl\.(?:u\.)?[A-Za-z0-9_-]{100,}",
         "sl.u.<url:140>", "sl.x", "dropbox.com/developers", is_mixed),
    Rule("figma-token", "Figma token", ("figd", "figo", "figu"),
         r"(?<![A-Za-z0-9])fig[dou]r?_[A-Za-z0-9_-]{38,}",
         "figd_<url:40>", "figd_x", "figma.com/developers", is_mixed),
    Rule("posthog-key", "PostHog key", ("phx_",), r"(?<![A-Za-z0-9])phx_[A-Za-z0-9]{40,60}",
         "phx_<an:47>", "phx_x", "posthog.com"),
    Rule("age-key", "age secret key", ("AGE-SECRET-KEY-",),
         r"AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}",
         "AGE-SECRET-KEY-1<up:58>", "AGE-SECRET-KEY-1...", "age-encryption.org"),
    Rule("ccshare-key", "ccshare API key", ("ccs_",), r"(?<![A-Za-z0-9])ccs_[A-Za-z0-9_-]{20,}",
         "ccs_<an:40>", "ccs_key_name", "ccshare itself", is_mixed),
    # -- formats
    Rule("jwt", "JSON Web Token", ("eyJ",),
         r"(?<![\w.-])eyJ[A-Za-z0-9_-]{10,}+\.[A-Za-z0-9_-]{10,}+"
         r"(?:\.[A-Za-z0-9_-]*+){0,3}",
         "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ<an:20>.<url:43>", "eyJhbGciOiJIUzI1NiJ9.<an:6>",
         "RFC 7519", is_jwt),
)
# fmt: on

ALPHABETS = {
    "an": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "url": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
    "b64": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "up": "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
    "low": "abcdefghijklmnopqrstuvwxyz0123456789",
    "hex": "0123456789abcdef",
    "dig": "123456789",
}
_FIELD = re.compile(r"<([a-z0-9]+):(\d+)>")


def fill(recipe: str, source: random.Random) -> str:
    """A made-up value after `recipe`: `<alphabet:count>` becomes that many random characters."""

    def characters(field: re.Match[str]) -> str:
        alphabet, count = ALPHABETS[field[1]], int(field[2])
        return "".join(source.choice(alphabet) for _ in range(count))

    return _FIELD.sub(characters, recipe)
