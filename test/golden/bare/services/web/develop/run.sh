#!/bin/sh
set -eu
exec flask --app web run --debug --host 0.0.0.0 --port 8000
