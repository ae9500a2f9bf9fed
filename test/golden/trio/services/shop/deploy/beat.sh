#!/bin/sh
set -eu
exec celery --app shop.celery beat --loglevel "${LOG_LEVEL:-INFO}" --pidfile=
