#!/usr/bin/env python
"""Django's administrative commands; DJANGO_SETTINGS_MODULE comes from the image."""

import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
