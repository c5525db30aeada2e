"""Settings of the desk: those of the command line, and what pages need. Nothing here reads or makes a file."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from fazheng.ledger.storage import DESK_ALIAS, desk_settings
from fazheng.site.settings import *  # noqa: F403
from fazheng.site.settings import DATABASES, HOME

INSTALLED_APPS = [
    "fazheng.ledger",
    "fazheng.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "django_otp",
]
DATABASES[DESK_ALIAS] = desk_settings(HOME)
DATABASE_ROUTERS = ["fazheng.web.router.DeskRouter"]
AUTH_USER_MODEL = "web.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "fazheng.web.sessions.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("code",)}},
]  # fmt: skip
MIDDLEWARE = [
    "fazheng.web.guard.OnlyHere",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fazheng.web.guard.TimeOut",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fazheng.web.guard.Foreseen",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "fazheng.site.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],  # large type, and the way back
            "builtins": [
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "fazheng.web.templatetags.desk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
USE_I18N = True

# the pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "fazheng.web.errors.csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "login"

# who is in
SESSION_ENGINE = "fazheng.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day, however busy
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_SECONDS = 30 * 60  # without a page asked for: then one logs in again
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # by code, not by address: an office has one address
AXES_LOCKOUT_CALLABLE = "fazheng.web.errors.locked"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "code"
AXES_DISABLE_ACCESS_LOG = False  # 登录记录, which the audit administrator reads
ALLOWED_HOSTS: list[str] = []  # `serve` names them
SECRET_KEY = ""  # `serve` reads it from the home

# files: `serve` says where they are gathered, each with its digest in its name
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
UPLOAD_SAID = 60 << 20  # bytes of files in one request: a year of 300,000 rows has 15 MB
UPLOAD_MOST = UPLOAD_SAID + (4 << 20)  # with the form around them
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]  # piece by piece, never in memory
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"null": {"class": "logging.NullHandler"}},
    "loggers": {name: {"handlers": ["null"], "propagate": False} for name in ("django", "axes", "waitress.queue")},
}
