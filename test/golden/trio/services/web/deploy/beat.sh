#!/bin/sh
set -eu
exec celery --app web.celery beat --loglevel "${LOG_LEVEL:-INFO}" --pidfile=
