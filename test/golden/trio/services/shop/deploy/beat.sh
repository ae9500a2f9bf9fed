#!/bin/sh
set -eu
# Django's checks ask this database for its version, and beat has no way to it: it needs none.
export CELERY_SKIP_CHECKS=true
exec celery --app shop.celery beat --loglevel "${LOG_LEVEL:-INFO}" --pidfile=
