"""The WSGI door of ``shuniu web``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.app.settings")
application = get_wsgi_application()
