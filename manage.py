#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from s3portal import startup

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s3portal.settings")
    startup.load_settings()
    with startup.plain_faults():
        execute_from_command_line(sys.argv)
