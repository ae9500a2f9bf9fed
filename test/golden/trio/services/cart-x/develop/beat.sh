#!/bin/sh
# Beat starts anew when a Python file changes.
set -eu
exec watchfiles --filter python --target-type command 'sh deploy/beat.sh' cart_x develop
