"""Django's settings, derived from :mod:`shuniu.app.environment`."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from shuniu.app import environment
from shuniu.app.settings.logs import configure_logs

SHUNIU = environment.read()

SECRET_KEY = SHUNIU.secret_key
DEBUG = SHUNIU.debug
ALLOWED_HOSTS = list(SHUNIU.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "treebeard",
    "procrastinate.contrib.django",
    "shuniu.foundation.identity",
    "shuniu.foundation.audit",
    "shuniu.foundation.hub",
    "shuniu.foundation.jobs",
    "shuniu.foundation.http",
    "shuniu.foundation.files",
    "shuniu.foundation.search",
    "shuniu.foundation.imports",
    "shuniu.org",
    "shuniu.channels",
    "shuniu.ledger",
    "shuniu.flows",
    "shuniu.customers",
    "shuniu.commerce",
    "shuniu.work_orders",
    "shuniu.settlement",
    "shuniu.insights",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shuniu.foundation.http.middleware.RequestContext",
    "django.middleware.common.CommonMiddleware",
    # sets the cookie; routes check it themselves (foundation/http/routes.py)
    "django.middleware.csrf.CsrfViewMiddleware",
    "shuniu.foundation.http.framing.Framing",
]

ROOT_URLCONF = "shuniu.app.urls"
WSGI_APPLICATION = "shuniu.app.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]


def _database(url: str) -> dict[str, object]:
    """``postgresql://user:pw@host:port/name?host=/socket/dir`` as Django wants it."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    return {
        "ENGINE": "shuniu.foundation.database.backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        # a connection is checked before use: the database may have gone away and come back
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {**options, "application_name": "shuniu"},
    }


DATABASES = {"default": _database(SHUNIU.database_url)}

USE_TZ = True
TIME_ZONE = SHUNIU.time_zone
LANGUAGE_CODE = "zh-hans"
USE_I18N = True

SESSION_ENGINE = "shuniu.foundation.identity.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SHUNIU.public_url.startswith("https://")
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_TRUSTED_ORIGINS = [SHUNIU.public_url]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None

# JSON bodies; uploads are streamed and bounded by their own limit
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

STATIC_URL = "/static/"
PAGES = Path(__file__).parent.parent / "pages"
STATICFILES_DIRS = [("web", PAGES)] if PAGES.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60
# Vite writes a hash into every asset's name
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/.+-[A-Za-z0-9_-]{8}\."

LOGGING = configure_logs(debug=SHUNIU.debug)
