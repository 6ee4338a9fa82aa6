#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as mistake:
        # Nearly always an environment variable: the sentence helps, a traceback would hide it.
        sys.exit(f"Groundwork cannot start: {mistake}")
    except DatabaseError as error:
        from advisor.away import remedy

        if "--traceback" in sys.argv or not (said := remedy(error)):
            raise
        sys.exit(said)


if __name__ == "__main__":
    main()
