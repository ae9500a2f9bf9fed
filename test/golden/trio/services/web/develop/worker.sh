#!/bin/sh
# The worker starts anew when a Python file changes.
set -eu
exec watchfiles --filter python --target-type command \
    "celery --app web.celery worker --loglevel INFO --concurrency ${CELERY_CONCURRENCY:-2}" \
    web develop
