"""Gunicorn, configured by the environment."""

from deploy.logs import LOGGING
from web.environment import integer

bind = "0.0.0.0:8000"
# Fixed numbers: a container sees all processors of its host, not its own share.
workers = integer("WEB_CONCURRENCY", 2)
worker_class = "uvicorn_worker.UvicornWorker"
timeout = integer("GUNICORN_TIMEOUT", 30)
# Shorter than stop_grace_period in compose.yaml: requests in flight are answered before the end.
graceful_timeout = integer("GUNICORN_GRACEFUL_TIMEOUT", 25)
# Heartbeat files in memory: on a disk their writing could block a worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn makes a private file in it
# There is no place for it on a read-only file system, and nothing here talks to it.
control_socket_disable = True
# The proxy, in a network of its own: its X-Forwarded headers are believed.
forwarded_allow_ips = "10.0.0.0/8,127.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"
accesslog = "-"
logconfig_dict = LOGGING
