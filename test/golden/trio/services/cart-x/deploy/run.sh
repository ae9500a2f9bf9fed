#!/bin/sh
set -eu
exec gunicorn --config deploy/gunicorn.conf.py 'cart_x:create_app()'
