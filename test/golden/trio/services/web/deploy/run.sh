#!/bin/sh
set -eu
exec gunicorn --config deploy/gunicorn.conf.py 'web.main:create_app()'
