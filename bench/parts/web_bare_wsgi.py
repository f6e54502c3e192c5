"""The bare view's application: the product's settings without its middleware and addresses."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "web_bare_settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
