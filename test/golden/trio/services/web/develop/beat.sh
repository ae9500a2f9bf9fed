#!/bin/sh
# Beat starts anew when a Python file changes.
set -eu
exec watchfiles --filter python --target-type command \
    "celery --app web.celery beat --loglevel INFO --pidfile=" \
    web develop
