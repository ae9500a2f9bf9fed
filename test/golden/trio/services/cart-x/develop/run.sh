#!/bin/sh
set -eu
exec flask --app cart_x run --debug --host 0.0.0.0 --port 8000
