#!/bin/sh
set -eu
exec celery --app cart_x.celery beat --loglevel "${LOG_LEVEL:-INFO}" --pidfile=
