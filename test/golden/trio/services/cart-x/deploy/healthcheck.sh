#!/bin/sh
# Healthy when the web server answers, or when the worker or beat has shown life in the last minutes.
set -eu
case "${1:-}" in
web) exec python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=3)" ;;
worker) test -n "$(find /tmp/worker-heartbeat -mmin -1)" ;;
beat) test -n "$(find /tmp/beat-heartbeat -mmin -2)" ;;
*)
    echo "usage: healthcheck.sh web|worker|beat" >&2
    exit 2
    ;;
esac
