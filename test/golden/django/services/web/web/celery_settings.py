"""Celery, configured by the environment."""

from urllib.parse import quote

from celery.schedules import crontab
from kombu.exceptions import OperationalError
from pymemcache.exceptions import MemcacheError

from web.environment import text

# What is raised by sending a task or asking for its state while a server is away.
UNAVAILABLE = (MemcacheError, OperationalError, OSError)


def celery_settings() -> dict[str, object]:
    """Return Celery's settings; called when Celery first needs them, not at an import."""
    return {
        "broker_url": rabbitmq_url(),
        "broker_transport_options": {
            # Publishing waits for the broker's word that it has the task.
            "confirm_publish": True,
            # A broker that hangs is an error soon, not a request that never ends.
            "read_timeout": 2,
            "write_timeout": 2,
        },
        "broker_connection_timeout": 4,
        "broker_connection_retry_on_startup": True,
        "result_backend": f"cache+memcached://{text('CACHE_HOST')}:{text('CACHE_PORT', '11211')}/",
        "result_backend_transport_options": {"global_keyprefix": "web:"},
        "cache_backend_options": {"connect_timeout": 1, "timeout": 1},
        "result_expires": 3600,
        "task_default_queue": "web",
        "task_default_queue_type": "quorum",
        # By a topic exchange RabbitMQ itself keeps what is to run later; no worker waits for it.
        "task_default_exchange_type": "topic",
        # A task is done when it has run, not when it was fetched: no task dies with its worker.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": 270,
        "task_time_limit": 300,
        # A request that sends a task must not hang for long when the broker is away.
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0, "interval_step": 0.2},
        "worker_hijack_root_logger": False,
        "beat_scheduler": "web.heartbeat:HeartbeatScheduler",
        "beat_schedule_filename": "/tmp/beat-schedule",  # noqa: S108 - private to the container
        "beat_max_loop_interval": 30,
        "beat_schedule": {
            "purge-done": {
                "task": "web.tasks.purge_done",
                "schedule": crontab(hour="4", minute="0"),
            },
        },
    }


def rabbitmq_url() -> str:
    """Return the address of the broker; the service has a virtual host of its own."""
    user = quote(text("BROKER_USER"), safe="")
    password = quote(text("BROKER_PASSWORD"), safe="")
    return f"amqp://{user}:{password}@{text('BROKER_HOST')}:{text('BROKER_PORT', '5672')}/{user}"
