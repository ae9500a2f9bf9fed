#!/bin/sh
set -eu
# A stop gives the tasks that are not finished in time back to the broker at once.
export REMAP_SIGTERM=SIGQUIT
exec celery --app cart_x.celery worker --loglevel "${LOG_LEVEL:-INFO}" --concurrency "${CELERY_CONCURRENCY:-2}"
