"""The one settings file: what differs between machines comes from the environment, see .env.example."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from advisor.caches import cache_from
from advisor.databases import database_from
from advisor.environment import address, names, number, secret, switch, word

BASE_DIR = Path(__file__).resolve().parent.parent


def _secret_key(data: Path) -> str:
    """The key from the environment, or one made on the first start and kept in `data`.

    Two server processes may start at the same moment: each writes its own file, and only one of them can be
    linked to the final name, so that both read the same key.
    """
    given = secret("GROUNDWORK_SECRET_KEY")
    if given:
        placeholder = re.search(r"django-insecure|change|replace|default|example|password|\s", given.lower())
        if (
            len(given) < 50 or len(set(given)) < 12 or placeholder
        ):  # 64 random hexadecimal digits have 15 or 16
            raise ImproperlyConfigured(
                "GROUNDWORK_SECRET_KEY is too easy to guess: it needs at least 50 random characters. "
                'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
            )
        return given
    kept = data / "secret_key"
    if not kept.exists():
        made = data / f"secret_key.{os.getpid()}"
        try:
            made.touch(mode=0o600)  # before there is anything in it
            made.write_text(secrets.token_urlsafe(50))
            os.link(made, kept)
        except FileExistsError:
            pass  # the other process was first: its key counts
        finally:
            made.unlink(missing_ok=True)
    return kept.read_text().strip()


GUESSED_FIRST = {
    "secret",
    "password",
    "postgres",
    "groundwork",
    "changeme",
    "change-me",
    "admin",
    "root",
    "123456",
}
"""Passwords of databases that stand in examples, and in every list of those who try them."""

# Everything Groundwork writes is below this folder: the database, the key, the collected static files.
DATA_DIR = Path(os.environ.get("GROUNDWORK_DATA") or BASE_DIR / "var").resolve()
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # answers are for nobody else on this machine
    SECRET_KEY = _secret_key(DATA_DIR)
except OSError as error:
    raise ImproperlyConfigured(
        f"The data folder {DATA_DIR} cannot be used ({error.strerror}): "
        "make it writable, or name another one in GROUNDWORK_DATA."
    ) from error

KEY_IS_SHARED = bool(secret("GROUNDWORK_SECRET_KEY"))  # or else a file of this machine's own

DEBUG = switch("GROUNDWORK_DEBUG")
HTTPS = switch("GROUNDWORK_HTTPS")
PROXY_HOPS = number("GROUNDWORK_PROXY_HOPS")
_proxy_header = os.environ.get("GROUNDWORK_PROXY_HEADER", "").strip() or "X-Forwarded-For"
PUBLIC_HOSTS = names("GROUNDWORK_ALLOWED_HOSTS")
PUBLIC_URL = address("GROUNDWORK_PUBLIC_URL")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *PUBLIC_HOSTS]
# Whoever follows a link that begins with this address is let in under it.
_public_host = re.sub(r":\d+$", "", urlsplit(PUBLIC_URL).netloc)
if _public_host and _public_host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_public_host)

# As it reaches us, where a hyphen and an underscore look the same.
PROXY_HEADER = f"HTTP_{_proxy_header.upper().replace('-', '_')}"

if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", _proxy_header):
    raise ImproperlyConfigured(
        f"GROUNDWORK_PROXY_HEADER is {_proxy_header!r}, but can only be the name of a header, such as X-Forwarded-For."
    )
if DEBUG and (HTTPS or PUBLIC_HOSTS):
    raise ImproperlyConfigured(
        "GROUNDWORK_DEBUG shows source code and settings to whoever meets an error, so it is for this machine alone: "
        "switch it off, or leave GROUNDWORK_HTTPS and GROUNDWORK_ALLOWED_HOSTS empty."
    )
if DEBUG and PUBLIC_URL and urlsplit(PUBLIC_URL).hostname not in {"localhost", "127.0.0.1", "::1"}:
    raise ImproperlyConfigured(
        "GROUNDWORK_PUBLIC_URL is an address for others, but GROUNDWORK_DEBUG is for this machine alone: "
        "switch one of them off."
    )
if any(name.startswith("*") or (name.startswith(".") and name.count(".") < 2) for name in PUBLIC_HOSTS):
    raise ImproperlyConfigured(
        "GROUNDWORK_ALLOWED_HOSTS would let in every name, and with it links that lead elsewhere: "
        "list the names under which browsers reach Groundwork."
    )
for _name in PUBLIC_HOSTS:
    if not re.fullmatch(r"[A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\]", _name):
        raise ImproperlyConfigured(
            f"GROUNDWORK_ALLOWED_HOSTS names {_name!r}, which no browser would be let in by: list names alone, separated by "
            "commas, such as groundwork.example.com, without https://, port or path."
        )
if HTTPS and not PROXY_HOPS:
    raise ImproperlyConfigured(
        "GROUNDWORK_HTTPS needs GROUNDWORK_PROXY_HOPS, the number of proxies in front of Groundwork, usually 1: "
        "without it every page would be redirected to itself for ever."
    )

# --- What is installed ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "assessments.accounts",
    "assessments",
    "reports",
    "django_tasks_db",  # below ours, whose worker takes the place of its own
]

MIDDLEWARE = [
    "assessments.requests.note_requests",  # outermost, so that it tells what everybody else has made of a request
    "assessments.probes.answer_probes",  # above whatever asks for a host that we know, or for https://
    "django.middleware.security.SecurityMiddleware",
    "advisor.middleware.extra_headers",  # above WhiteNoise, since static files need these headers too
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before anything that reads the database
    *(["advisor.middleware.this_machine_only"] if DEBUG else []),
    "advisor.middleware.CompressedText",  # below WhiteNoise, whose files are compressed already; above what writes pages
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # after the session, before addresses are resolved
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "advisor.middleware.NoNul",
    "advisor.away.WhileAway",  # below the token's, since its page has a form; above whatever reads the database
    "advisor.middleware.WhileCacheIsAway",
    # In place of Django's own: ends what has lasted too long, and reads no user before somebody asks for one.
    "assessments.accounts.middleware.SignedInForAWhile",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assessments.accounts.middleware.AskAgain",  # below allauth's, which would store what was sent
]

ROOT_URLCONF = "advisor.urls"
WSGI_APPLICATION = "advisor.wsgi.application"
ASGI_APPLICATION = "advisor.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# --- Data -------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": database_from(
        secret("DATABASE_URL"), base=BASE_DIR, otherwise=DATA_DIR / "groundwork.sqlite3"
    ),
}

if (HTTPS or PUBLIC_HOSTS or PUBLIC_URL) and DATABASES["default"].get(
    "PASSWORD", ""
).lower() in GUESSED_FIRST:
    raise ImproperlyConfigured(
        "The password in DATABASE_URL is one that everybody tries first: give the database's user another one."
    )

CACHE_URL = os.environ.get("CACHE_URL", "").strip()
COUNTED_IN_CACHE = bool(CACHE_URL)  # how often something was tried; otherwise in rows of their own
CACHES = {
    "default": cache_from(CACHE_URL),  # shared by every process and machine
    # Parts of pages that are the same for everybody until the next start, and rows named by the version of what they show:
    # each process has its own, since whatever is missing is only worked out once more.
    "fragments": {
        "BACKEND": (
            "django.core.cache.backends.dummy.DummyCache"
            if DEBUG
            else "django.core.cache.backends.locmem.LocMemCache"
        ),
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# Where work is done that a page need not wait for: at once in the web process, or by `manage.py db_worker` on any machine,
# which finds it in the database. See assessments/work.py.
QUEUED = word("TASKS", "immediate", "database") == "database"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "OPTIONS": {"id_function": "assessments.work.next_number"},
    }
    if QUEUED
    else {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
}

SESSION_ENGINE = "assessments.sessions"

# The largest form holds a whole part: a dozen questions, some with a tick for each of many lines, and each with a note. A
# note of 2000 characters is 24 kilobytes on its way at most; one somewhat too long shall reach the page that says so.
# More is not one of ours.
DATA_UPLOAD_MAX_MEMORY_SIZE = 384 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["advisor.uploads.RefuseFiles"]

# Days after which an assessment is deleted when nobody has used it; 0 keeps it for ever. See assessments/retention.py.
KEEP_UNFINISHED_DAYS = number("GROUNDWORK_KEEP_UNFINISHED_DAYS", 30)
KEEP_DAYS = number("GROUNDWORK_KEEP_DAYS", 90)
# The same for assessments of a workspace's clients, which go into its bin first.
KEEP_WORKSPACE_DAYS = number("GROUNDWORK_KEEP_WORKSPACE_DAYS", 730)

# A browser's right to an assessment lives in the session, whose time begins when somebody comes in and is not lengthened by
# saving. So it has as long as the data may wait; what is kept for ever still needs the private link once a year.
SESSION_COOKIE_AGE = max(days or 365 for days in (KEEP_UNFINISHED_DAYS, KEEP_DAYS)) * 24 * 60 * 60

# Fingerprints of what was deleted for good, for the day on which a backup is put back. See assessments/erasures.py.
ERASURES_FILE = DATA_DIR / "erased.txt"

# --- Accounts ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["assessments.accounts.backends.ByAddress"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "assessments:desk_entry"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Who may make an account: whoever was invited, everybody, or nobody. The adapter sees to it.
SIGN_UP = word("GROUNDWORK_SIGN_UP", "invitation", "open", "off")

# After OWASP ASVS 5.0, 6.2: length, and no password that is guessed first. Nothing about kinds of characters.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "assessments.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "assessments.accounts.passwords.NotTooLong"},
    {"NAME": "assessments.accounts.passwords.NotCommon"},
    {
        "NAME": "assessments.accounts.passwords.NotLikeTheAddress",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]

# A session that is signed in ends after so many seconds: without use, and at most. See assessments/accounts/sessions.py.
SIGNED_IN_IDLE = 12 * 60 * 60
SIGNED_IN_AT_MOST = 7 * 24 * 60 * 60

# Programs of a workspace are told by https:// that an assessment is complete, and only on the internet: no address inside
# this server's own network, unless its host is named here. See assessments/outgoing.py.
WEBHOOK_HOSTS = [each.lower() for each in names("GROUNDWORK_WEBHOOK_HOSTS")]
WEBHOOK_HTTP = DEBUG

ACCOUNT_ADAPTER = "assessments.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "assessments.accounts.forms.SignInForm",
    "signup": "assessments.accounts.forms.SignUpForm",
    "add_email": "assessments.accounts.forms.NewAddressForm",
    "change_password": "assessments.accounts.forms.ChangePasswordForm",
    "set_password": "assessments.accounts.forms.SetPasswordForm",
    "reset_password": "assessments.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "assessments.accounts.forms.NewPasswordForm",
    "reauthenticate": "assessments.accounts.forms.PasswordAgainForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address an account; the old one holds until the new one is confirmed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True  # the cookie lasts; what is signed in ends by the rule above
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 30 * 60  # seconds
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_RATE_LIMITS = {  # beside the adapter's own for passwords and mail
    "signup": "20/h/ip",
    "reset_password": "20/h/ip",
    "login": "60/m/ip",
}

MFA_ADAPTER = "assessments.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "assessments.accounts.forms.CodeForm",
    "reauthenticate": "assessments.accounts.forms.CodeAgainForm",
    "activate_totp": "assessments.accounts.forms.ActivateAppForm",
    "add_webauthn": "assessments.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "assessments.accounts.forms.RenamePasskeyForm",
    "authenticate_webauthn": "assessments.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "assessments.accounts.forms.PasskeyAgainForm",
    "login_webauthn": "assessments.accounts.forms.PasskeySignInForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Groundwork"
MFA_TOTP_TOLERANCE = 1  # half a minute before and after, for clocks that are a little off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers offer passkeys on http:// for this machine alone

# Signing in by an organisation's own server for identities.
OIDC = {
    name: secret(variable)
    for name, variable in {
        "name": "GROUNDWORK_OIDC_NAME",
        "server": "GROUNDWORK_OIDC_SERVER",
        "client_id": "GROUNDWORK_OIDC_CLIENT_ID",
        "secret": "GROUNDWORK_OIDC_CLIENT_SECRET",
    }.items()
}
if any(OIDC.values()) and not all(OIDC.values()):
    raise ImproperlyConfigured(
        "GROUNDWORK_OIDC_NAME, GROUNDWORK_OIDC_SERVER, GROUNDWORK_OIDC_CLIENT_ID and GROUNDWORK_OIDC_CLIENT_SECRET only "
        "work together: set all four, or none."
    )
_oidc_origin = re.fullmatch(
    r"(https://[A-Za-z0-9.\-]+(?::\d+)?|http://(?:localhost|127\.0\.0\.1)(?::\d+)?)(/[^\s?#;]*)?",
    OIDC["server"],
)
if OIDC["server"] and not _oidc_origin:
    raise ImproperlyConfigured(
        f"GROUNDWORK_OIDC_SERVER is {OIDC['server']!r}, but can only be an address with https://, such as "
        "https://id.example.com/realms/main; what follows in /.well-known/openid-configuration is found by itself."
    )
if len(OIDC["name"]) > 40:
    raise ImproperlyConfigured(
        f"GROUNDWORK_OIDC_NAME has {len(OIDC['name'])} characters, but stands on a button: 40 at most."
    )
SOCIALACCOUNT_ADAPTER = "assessments.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_FORMS = {"signup": "assessments.accounts.forms.ProviderSignUpForm"}
# The operator has chosen this one server, so it may say whose address is whose; an address it has not confirmed counts
# for nothing.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC["name"],
                "client_id": OIDC["client_id"],
                "secret": OIDC["secret"],
                "settings": {"server_url": OIDC["server"].rstrip("/")},
            }
        ]
        if OIDC["server"]
        else [],
    }
}

# --- PDFs -------------------------------------------------------------------------------------------------------------

# Whoever opens a report probably wants its PDF: it is made while they read, in a process that lets everything else go first.
PDF_MADE_AHEAD = True

# --- Mail -------------------------------------------------------------------------------------------------------------

SMTP_HOST = os.environ.get("GROUNDWORK_SMTP_HOST", "").strip()
_smtp_tls = word("GROUNDWORK_SMTP_TLS", "starttls", "tls", "none")
_smtp_port = number("GROUNDWORK_SMTP_PORT", {"starttls": 587, "tls": 465, "none": 25}[_smtp_tls], most=65_535)
_smtp_user = os.environ.get("GROUNDWORK_SMTP_USER", "")
_smtp_password = secret("GROUNDWORK_SMTP_PASSWORD")
_mail_from = os.environ.get("GROUNDWORK_MAIL_FROM", "").strip()

if re.search(r"[^A-Za-z0-9.:\-]", SMTP_HOST):
    raise ImproperlyConfigured(
        f"GROUNDWORK_SMTP_HOST is {SMTP_HOST!r}, but can only be the name of a server, such as mail.example.com."
    )
if SMTP_HOST and not re.fullmatch(r"([^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>)|([^<>@\s]+@[^<>@\s]+)", _mail_from):
    raise ImproperlyConfigured(
        f"GROUNDWORK_MAIL_FROM is {_mail_from!r}, but with GROUNDWORK_SMTP_HOST it has to be an address, such as "
        "groundwork@example.com or Groundwork <groundwork@example.com>."
    )
if bool(_smtp_user) != bool(_smtp_password) or (_smtp_user and not SMTP_HOST):
    raise ImproperlyConfigured(
        "GROUNDWORK_SMTP_USER and GROUNDWORK_SMTP_PASSWORD only work together, and only with GROUNDWORK_SMTP_HOST."
    )
if _smtp_user and _smtp_tls == "none":
    raise ImproperlyConfigured(
        "GROUNDWORK_SMTP_PASSWORD would travel unprotected: set GROUNDWORK_SMTP_TLS to starttls or tls."
    )

# Without a mail server mail is printed, so that everything can be tried out on one's own machine.
MAILERS = {
    "default": {
        "BACKEND": "advisor.mailing.CountedMail",
        "OPTIONS": {
            "host": SMTP_HOST,
            "port": _smtp_port,
            "username": _smtp_user,
            "password": _smtp_password,
            "use_tls": _smtp_tls == "starttls",
            "use_ssl": _smtp_tls == "tls",
            "timeout": 10,  # seconds; somebody is waiting for the page
        },
    }
    if SMTP_HOST
    else {"BACKEND": "advisor.mailing.PrintedMail"}
}
DEFAULT_FROM_EMAIL = _mail_from or "Groundwork <groundwork@localhost>"
# A server that only prints its mail is a complete one: the page says so to whoever asks for mail.
SILENCED_SYSTEM_CHECKS = [] if SMTP_HOST else ["mail.E001"]
# An address is confirmed by mail before anybody can sign in with it; where mail is only printed, nobody could.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SMTP_HOST else "optional"
MFA_ALLOW_UNVERIFIED_EMAIL = not SMTP_HOST

# --- Security ---------------------------------------------------------------------------------------------------------

# Everything from this server, nothing inline; so no nonces are needed and pages can be cached.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # A form that signs in is sent on to the server for identities, if there is one.
    "form-action": [CSP.SELF, *([_oidc_origin[1]] if _oidc_origin else [])],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    # The name that is going out of use, since every browser heeds it, at once and by plain HTTP too; those that know the
    # new one as well would heed that alone.
    "report-uri": ["/csp-reports/"],
}
# With "no-referrer" browsers would send plain forms without an origin, and those are refused.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The __Host- prefix makes a browser refuse the cookie unless it is Secure and for this host alone, so it cannot be
# used over plain HTTP. HTTPS switches all of this together: names, Secure, HSTS and the redirect.
_cookie = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_cookie}sid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PHONE_COOKIE_NAME = f"{_cookie}p"  # by which a phone comes back into a workshop
BROWSER_COOKIE_NAME = f"{_cookie}browser"  # which accounts have signed in here before
CSRF_COOKIE_NAME = f"{_cookie}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # the token is in the page, no script needs the cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "assessments.expired.form_expired"  # offers what was typed once more
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60  # two years, what browsers' preload list asks for
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if PROXY_HOPS:
    # Only believable when a proxy of ours sets it, hence only then.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Language and time ------------------------------------------------------------------------------------------------

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# In an image they were collected when it was made, and nobody can write there.
STATIC_COLLECTED = os.environ.get("GROUNDWORK_STATIC", "").strip()
STATIC_ROOT = Path(STATIC_COLLECTED) if STATIC_COLLECTED else DATA_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has any business with our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # File names carry a hash of their content, so browsers may keep them for ever; needs `collectstatic`.
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "advisor.collecting.WholeFiles"
        ),
    },
}

# --- Logs -------------------------------------------------------------------------------------------------------------

# Text is for people; json is one object a line for programs, with a line for every request.
LOGS = word("GROUNDWORK_LOGS", "text", "json")

# Django's own configuration mails errors to nobody and prints nothing when DEBUG is off; here they go to standard error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "advisor.logs.Text"}, "json": {"()": "advisor.logs.Json"}},
    "filters": {"private_links": {"()": "advisor.logs.MaskPrivateLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOGS, "filters": ["private_links"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "assessments.chain": {"level": "INFO"},  # the trail's last seal, once a day
        "groundwork.requests": {"level": "INFO" if LOGS == "json" else "WARNING"},
        # Its line for each page that was not found would be a second one for the same request.
        "django.request": {"level": "ERROR" if LOGS == "json" else "WARNING"},
    },
}

# --- Being watched ----------------------------------------------------------------------------------------------------

# Counts for Prometheus, at a port of their own that only this machine reaches; 0 is off. In a container this machine is the
# container, so the host has to be named there. See assessments/watching.py.
METRICS_PORT = number("GROUNDWORK_METRICS_PORT", most=65_535)
METRICS_HOST = os.environ.get("GROUNDWORK_METRICS_HOST", "").strip() or "127.0.0.1"
if not re.fullmatch(r"[0-9.]{7,15}|[0-9A-Fa-f:]{2,39}", METRICS_HOST):
    raise ImproperlyConfigured(
        f"GROUNDWORK_METRICS_HOST is {METRICS_HOST!r}, but can only be an address of this machine, such as 127.0.0.1."
    )
