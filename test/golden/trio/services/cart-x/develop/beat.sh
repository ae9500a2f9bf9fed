#!/bin/sh
# Beat starts anew when a Python file changes.
set -eu
exec watchfiles --filter python --target-type command \
    "celery --app cart_x.celery beat --loglevel INFO --pidfile=" \
    cart_x develop
