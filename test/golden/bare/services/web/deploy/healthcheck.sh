#!/bin/sh
# Healthy when the web server answers.
set -eu
exec python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=3)"
