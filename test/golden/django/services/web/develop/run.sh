#!/bin/sh
set -eu
exec python manage.py runserver 0.0.0.0:8000
