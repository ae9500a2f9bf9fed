#!/bin/sh
# Beat starts anew when a Python file changes.
set -eu
# Django's checks ask this database for its version, and beat has no way to it: it needs none.
export CELERY_SKIP_CHECKS=true
exec watchfiles --filter python --target-type command \
    "celery --app shop.celery beat --loglevel INFO --pidfile=" \
    shop develop
