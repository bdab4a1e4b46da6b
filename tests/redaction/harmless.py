"""Look-alikes that must stay: values beside secret-like names, and lines of ordinary sessions."""

PAIRS = r"""
MAX_TOKENS 4096
TOKEN_COUNT 15{d:3}
TOKEN_LIMIT 200000
TOKEN_TYPE Bearer
TOKEN_EXPIRY 3600
TOKEN_EXPIRES_IN 86400
TOKENIZER cl100k_base
TOKENIZER_PATH ./models/tokenizer.json
PASSWORD changeme
DB_PASSWORD your-password-here
DB_PASSWORD ${DB_PASSWORD}
POSTGRES_PASSWORD ${POSTGRES_PASSWORD:-}
API_KEY your_api_key_here
API_KEY <your-api-key>
API_KEY YOUR_API_KEY
API_KEY {x:24}
API_KEY sk-{x:20}
API_KEY REPLACE_ME
API_KEY {{ api_key }}
API_KEY ***************
API_KEY [redacted]
SECRET_KEY <redacted>
SECRET_KEY insert-secret-key
OPENAI_API_KEY sk-...
STRIPE_SECRET_KEY sk_test_...
GITHUB_TOKEN ${{ secrets.GITHUB_TOKEN }}
AWS_ACCESS_KEY_ID AKIAIOSFODNN7EXAMPLE
AWS_SECRET_ACCESS_KEY wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
PASSWORD_MIN_LENGTH 12
PASSWORD_RESET_TIMEOUT 259200
PASSWORD_HASHER argon2
PASSWORD_FIELD_NAME new_password
PASSWORD_REQUIRED true
SECRET_NAME prod/api/{word}
SECRET_TYPE rotating
SECRET_ARN arn:aws:secretsmanager:eu-west-1:123456789012:secret:api-{word}
SECRET_STORE vault
SECRETS_DIR /run/secrets
SECRET_KEY_FILE /run/secrets/{word}_key
KEY_PATH /etc/ssl/private/{word}.key
SSH_KEY_PATH ~/.ssh/id_ed25519
PRIVATE_KEY_FILE ./certs/{word}.pem
PUBLIC_KEY_ID {word}-2026
KEY_ID alias/{word}-key
KMS_KEY_ID arn:aws:kms:eu-central-1:123456789012:key/{uuid}
CACHE_KEY users:{d:3}:profile
PRIMARY_KEY id
FOREIGN_KEY user_{word}_id
SORT_KEY created_at
PARTITION_KEY tenant_{word}
KEY_PREFIX {word}:v2:
API_KEY_HEADER X-Api-Key
AUTH_HEADER Authorization
AUTH_METHOD oauth2
AUTH_URL https://auth.example.com/oauth2/authorize
TOKEN_URL https://auth.example.com/oauth2/token
TOKEN_ENDPOINT /oauth/token
CLIENT_ID {uuid}
GOOGLE_CLIENT_ID {d:12}-{low:32}.apps.googleusercontent.com
STRIPE_PUBLISHABLE_KEY pk_live_51{b62:40}
STRIPE_PUBLIC_KEY pk_test_{b62:24}
POSTHOG_KEY phc_{b62:43}
SUPABASE_PUBLISHABLE_KEY sb_publishable_{b64u:22}_{b64u:8}
RECAPTCHA_SITE_KEY 6L{b64u:38}
MEASUREMENT_ID G-{up:10}
FIREBASE_APP_ID 1:{d:12}:web:{hex:22}
AWS_ACCOUNT_ID 123456789012
AWS_REGION eu-central-1
GIT_COMMIT {hex:40}
GIT_SHA {hex:7}
BUILD_ID {uuid}
REQUEST_ID {uuid}
TRACE_ID {hex:32}
SPAN_ID {hex:16}
CHECKSUM sha256:{hex:64}
IMAGE_DIGEST sha256:{hex:64}
IMAGE_TAG v1.{d:1}.{d:2}-{hex:7}
INTEGRITY sha512-{b64:86}==
ETAG W/"{hex:4}-{b64u:27}"
ASSET_HASH main.{hex:8}.js
SESSION_ID {uuid}
SESSION_TIMEOUT 1800
COOKIE_NAME session_{word}
COOKIE_DOMAIN .example.com
CSRF_COOKIE_NAME csrftoken
JWT_ALGORITHM HS256
JWT_ISSUER https://{word}.example.com
JWT_EXPIRATION 15m
ENCRYPTION_ALGORITHM aes-256-gcm
CIPHER ECDHE-RSA-AES128-GCM-SHA256
DATABASE_URL sqlite:///./{word}.db
DATABASE_URL postgresql://localhost:5432/{word}
DATABASE_URL postgres://user:password@localhost:5432/{word}
REDIS_URL redis://localhost:6379/0
MONGO_URL mongodb://mongo:27017/{word}
BASE_URL https://api.example.com/v1/{word}
PROJECT_ID {word}-{d:6}
USER_AGENT {word}-client/2.{d:1}
FEATURE_FLAG new_{word}_flow
NODE_OPTIONS --max-old-space-size=4096
LOCALE en_US.UTF-8
AUTHOR_EMAIL jane@example.com
NOREPLY noreply@example.com
PASSPHRASE_HINT none
CREDENTIALS_PROVIDER default
CREDENTIALS include
ACCESS_LEVEL read_{word}
ACCESS_KEY_ENABLED false
SIGNING_REGION us-east-1
WEBHOOK_PATH /hooks/{word}
WEBHOOK_URL http://localhost:4000/hooks
SALT_ROUNDS 12
""".strip().splitlines()

CODE = r"""
password = getpass.getpass("Password: ")
password = getpass()  # {word}
password = os.environ["{word}_PASSWORD"]
api_key = os.getenv("{word}_API_KEY")
const apiKey = process.env.{word}_API_KEY;
const token = await getToken({word}Client);
let token = req.headers.authorization?.split(' ')[1] // {word}
token = request.headers.get("Authorization").removeprefix("Bearer ")  # {word}
self.password = password  # {word}
self._token = token or self._load_{word}()
def login(username: str, password: str) -> {word}: ...
password: Optional[str] = None  # {word}
interface {word} { password: string; token?: string }
type {word} = { secret: Buffer, apiKey: string | undefined }
val password: String by {word}
private final String password; // {word}
if (password !== confirmPassword) throw new Error('{word}')
if password == "" { return err{word} }
assert user.check_password(form.{word}.password.data)
$password = $_POST['{word}_password'];
password := os.Getenv("{word}_PASS")
let secret = config.{word}.secret.clone();
secret = Rails.application.credentials.{word}[:secret]
var secret = builder.Configuration["{word}:Secret"];
String token = tokenProvider.{word}Token(user);
token = jwt.encode(payload, settings.SECRET_KEY, algorithm="HS256")  # {word}
hashed_password = bcrypt.hashpw(password.encode(), bcrypt.gensalt())  # {word}
max_tokens=4096,  # {word}
num_tokens = len(encoding.encode({word}_text))
usage.total_tokens += response.usage.{word}_tokens
tokens = tokenizer.tokenize({word})
SecretType.{word}_ROTATING = "rotating"
class {word}PasswordResetForm(forms.Form):
PASSWORD_REGEX = r"^(?=.*[A-Z])(?=.*\d).{8,}$"  # {word}
TOKEN_RE = re.compile(r"ghp_[A-Za-z0-9]{36}")  # {word}
pattern: /sk-[a-zA-Z0-9]{48}/, // {word}
"password": "Password must be at least 8 characters ({word})",
"passwordPlaceholder": "Enter your {word} password",
"forgot_password": "Forgot your {word} password?",
password_label: "Mot de passe {word}"
"apiKey.help": "You find your {word} API key in settings.",
<input type="password" name="{word}_password" autocomplete="current-password">
<label for="password">Password {word}</label>
<meta name="csrf-token" content="<%= csrf_token %>" data-x="{word}">
curl -H "Authorization: Bearer $TOKEN" https://api.example.com/{word}
curl -H "Authorization: Bearer <token>" https://api.example.com/{word}
curl -u user:password https://api.example.com/{word}
curl -H "X-Api-Key: ${API_KEY}" https://api.example.com/{word}
export GITHUB_TOKEN=$(gh auth token) # {word}
docker login -u "$USER" -p "$PASS" registry.example.com/{word}
psql "postgresql://$DB_USER:$DB_PASS@localhost/{word}"
conn = f"postgresql://{user}:{password}@{host}/{word}"
`mongodb://${user}:${pass}@${host}/{word}`
git clone https://github.com/acme/{word}.git
git@github.com:acme/{word}.git
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64:43} deploy-{word}
ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{b64:344} ci-{word}
SHA256:{b64:43} (ED25519)
MD5:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}
github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
Serial Number: {HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}
X509v3 Subject Key Identifier: {HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}
sha256 Fingerprint={HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}:{HEX:2}
gpg: key {HEX:16}: public key imported ({word})
commit {hex:40}
{hex:7} Fix the {word} test
index {hex:7}..{hex:7} 100644
Merge: {hex:7} {hex:7}
Change-Id: I{hex:40}
Reviewed-on: https://review.example.com/c/{d:6}
[main {hex:7}] Add {word}
 * [new branch]      {word}/fix-{d:4} -> {word}/fix-{d:4}
From https://github.com/acme/{word}
   {hex:7}..{hex:7}  main       -> origin/main
"integrity": "sha512-{b64:86}==",
  resolved "https://packages.example.org/{word}/-/{word}-4.{d:1}.{d:2}.tgz#{hex:40}"
  integrity sha512-{b64:86}==
github.com/acme/{word} v1.{d:1}.{d:2} h1:{b64:43}=
github.com/acme/{word} v1.{d:1}.{d:2}/go.mod h1:{b64:43}=
    --hash=sha256:{hex:64} \
{word}==2.{d:1}.{d:1} --hash=sha256:{hex:64}
checksum = "{hex:64}"
{hex:64}  {word}-1.{d:1}.tar.gz
{hex:32}  {word}.iso
    {word} (1.{d:1}.{d:2}) sha256={hex:64}
Digest: sha256:{hex:64}
 ---> {hex:12}
{hex:12}   nginx:1.27   "/docker-entrypoint.…"   2 hours ago
image: ghcr.io/acme/{word}@sha256:{hex:64}
uses: actions/checkout@{hex:40} # v4
ETag: "{hex:32}"
ETag: W/"{hex:4}-{b64u:27}"
x-request-id: {uuid}
x-amz-request-id: {up:16}
x-amz-id-2: {b64:76}=
cf-ray: {hex:16}-FRA
traceparent: 00-{hex:32}-{hex:16}-01
x-github-request-id: {HEX:4}:{HEX:6}:{HEX:6}:{HEX:6}:{HEX:8}
Last-Modified: Tue, 03 Nov 2026 10:0{d:1}:{d:2} GMT
request_id: req_{b62:24}
id: chatcmpl-{b62:29}
"id": "msg_01{b62:22}",
toolu_01{b62:22}
run_id={uuid}
session {uuid} resumed
"uuid": "{uuid}",
Object id {hex:24} not found
_id: ObjectId("{hex:24}")
cus_{b62:14} created
"payment_intent": "pi_{b62:24}",
price_1{b62:23}
evt_1{b62:23}
arn:aws:iam::123456789012:role/{word}-deploy
arn:aws:lambda:eu-west-1:123456789012:function:{word}:{d:2}
i-0{hex:17}
subnet-0{hex:17}
vpc-0{hex:17}
projects/{word}-{d:6}/locations/europe-west1
/subscriptions/{uuid}/resourceGroups/{word}
pod/{word}-{low:10}-{low:5} Running
deployment-{word}-{hex:10}
{word}.{hex:8}.chunk.js  41.2 kB
assets/index-{b64u:8}.css
/_next/static/{b64u:21}/_buildManifest.js
.css-{low:6}-{word} { color: #{hex:6}; }
--color-{word}: #{hex:6};
.sc-{b62:6}.{b62:6} { margin: 0 }
background: url(data:image/png;base64,iVBORw0KGgo{b64:180}=)
src: url(data:font/woff2;base64,d09GMgABAAAAA{b64:240}) format('woff2')
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImEuanMiXX0=
!function(e,t){"object"==typeof exports?module.exports=t():e.{word}=t()}(this,function(){return 1});
var a=n(1),o=n(2),i=n({d:3});function s(e){return e&&e.__esModule?e:{default:e}}//{word}
"mappings": "AAAA,SAAS,{b64:8},CAAC,GAAG,KAAK,IAAI,EAAE,MAAM,EAAE,GAAG,CAAC",
<script src="https://cdn.example.com/{word}.js" integrity="sha384-{b64:64}" crossorigin="anonymous">
<div class="{word}-{low:6}" data-v-{hex:8}>
<path d="M{d:2}.{d:1} {d:1}.{d:2}L{d:2} {d:2}a4 4 0 0 1 4-4h{d:2}z"/>
https://www.youtube.com/watch?v={b64u:11}
https://docs.google.com/document/d/1{b64u:43}/edit
https://github.com/acme/{word}/commit/{hex:40}
https://gist.github.com/{word}/{hex:32}
https://example.com/{word}?utm_source=a&page={d:2}
https://localhost:3000/{word}?id={uuid}
https://user:pass@example.com/{word}
listening on 127.0.0.1:{d:4}
inet 192.168.{d:1}.{d:2}/24 brd 192.168.{d:1}.255
10.{d:1}.{d:2}.{d:1} {word}.internal
bound to 172.17.0.{d:1} ({word})
inet6 fe80::{hex:4}:{hex:4}:{hex:4}/64 scope link
nameserver 8.8.8.8 # {word}
203.0.113.{d:2} documentation address
2001:db8::{hex:4} documentation address
version 10.0.{d:1}.{d:4}
Chrome/126.0.{d:4}.{d:2} Safari/537.36
jane.doe@example.com signed up ({word})
noreply@github.com {word}
{word}@2x.png
@types/{word}@18.{d:1}.{d:2}
Co-Authored-By: Claude <noreply@anthropic.com>
Signed-off-by: Dev <dev@example.com> # {word}
test card 4242 4242 4242 4242 ({word})
card: '4111111111111111', // test number, {word}
order number {d:12}
timestamp 17{d:11}
phone field: {d:3}-{d:4} ext
isbn 978{d:10}x
3.14159{d:10}
0x{hex:8}
0x{HEX:16}
U+1F{HEX:3}
rgba({d:2}, {d:2}, {d:2}, 0.5)
{d:4}-11-03T10:00:00.{d:3}Z
Ran {d:3} tests in {d:2}.{d:3}s
TokenizerFast{word}WithSpecialTokensAndPadding
com.example.{word}.security.PasswordAuthenticationProviderFactoryBean
test_password_reset_token_is_rejected_after_{word}_expiry
thisIsAVeryLongCamelCaseIdentifierFor{word}Testing
SOME_VERY_LONG_CONSTANT_NAME_FOR_{word}_TOKENS
/usr/lib/x86_64-linux-gnu/lib{word}.so.{d:1}.{d:2}
node_modules/.pnpm/{word}@4.{d:1}.{d:2}_{word}@18.{d:1}.{d:1}/node_modules/{word}
/nix/store/{b32l:32}-{word}-1.{d:1}
/tmp/pytest-of-root/pytest-{d:3}/test_{word}0
/var/folders/zz/{low:20}0000gn/T/{word}
~/.cache/huggingface/hub/models--acme--{word}/snapshots/{hex:40}
The token is refreshed every {d:2} minutes ({word}).
Passwords are hashed with argon2id before they are stored in {word}.
Set your API key in the {word} dashboard.
The secret to good {word} is patience.
The password policy of {word} needs 12 characters.
I reset the password field of the {word} form.
password authentication failed for user "{word}"
Error: missing required {word} API key
Enter passphrase for key '{word}':
[sudo] password for {word}:
401 Unauthorized: invalid token for {word}
Token budget: {d:5} tokens left ({word})
[REDACTED:github-pat#{d:1}] {word}
-----BEGIN PUBLIC KEY----- {word}
kid: {b64u:27}
"nonce": "{word}-nonce-example",
aria-labelledby="radix-:r{low:2}:" id="{word}"
d41d8cd98f00b204e9800998ecf8427e  empty-{word}
Lorem ipsum dolor sit amet {word} consectetur
abcdefghijklmnopqrstuvwxyz0123456789 {word}
ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ {word}
loss: 0.{d:4} - accuracy: 0.{d:4} - tokens/s: {d:5}
checkpoint-{d:5}/model-0000{d:1}-of-00009.safetensors
uid://{low:13} {word}.tscn
m/44'/60'/0'/0/{d:1} {word}
0x{hex:40}
bc1q{low:38}
did:key:z6Mk{b58:44}
urn:uuid:{uuid}
Qm{b58:44}
bafybei{b32l:52}
ami-0{hex:16}
PGP fingerprint {HEX:4} {HEX:4} {HEX:4} {HEX:4} {HEX:4}
""".strip().splitlines()
