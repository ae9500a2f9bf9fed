#!/bin/sh
set -eu
exec celery --app web.celery worker --loglevel "${LOG_LEVEL:-INFO}" --concurrency "${CELERY_CONCURRENCY:-2}"
