#!/bin/sh
set -eu
exec uvicorn --factory web.main:create_app --reload --host 0.0.0.0 --port 8000 --proxy-headers --forwarded-allow-ips '*' --no-access-log
