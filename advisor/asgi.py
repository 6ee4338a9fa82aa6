"""The entry point for an ASGI server, for those who run one already; WSGI takes half the processor time here."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")

application = get_asgi_application()
