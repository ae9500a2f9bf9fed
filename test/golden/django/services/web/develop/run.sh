#!/bin/sh
set -eu
# WhiteNoise serves the static files here, too; runserver's own way knows no prefix.
exec python manage.py runserver --nostatic 0.0.0.0:8000
