#!/bin/sh
set -eu
exec gunicorn --config deploy/gunicorn.conf.py shop.wsgi:application
