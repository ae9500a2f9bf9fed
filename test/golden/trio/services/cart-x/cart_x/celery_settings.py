"""Celery, configured by the environment."""

from urllib.parse import quote

from celery.schedules import crontab
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from cart_x.environment import integer, text

# What is raised by sending a task or asking for its state while a server is away.
UNAVAILABLE = (OperationalError, RedisError, RuntimeError)


def celery_settings() -> dict[str, object]:
    """Return Celery's settings; called when Celery first needs them, not at an import."""
    return {
        "broker_url": redis_url("BROKER", 0),
        "broker_transport_options": {
            "global_keyprefix": "cart_x:",
            # A killed worker's task is given out again: longer than any task may run or wait.
            "visibility_timeout": integer("CELERY_VISIBILITY_TIMEOUT", 600),
            # Look for such tasks every ten seconds, not every hundred.
            "unacked_restore_throttle": 1,
            # A broker that hangs is an error soon, not a request that never ends.
            "socket_timeout": 4,
            "socket_connect_timeout": 4,
            "socket_keepalive": True,
        },
        "broker_connection_timeout": 4,
        "broker_connection_retry_on_startup": True,
        "result_backend": redis_url("BROKER", 1),
        "result_backend_transport_options": {
            "global_keyprefix": "cart_x:",
            "retry_policy": {"max_retries": 1, "interval_start": 0, "interval_step": 0.2},
        },
        "redis_socket_timeout": 2,
        "redis_socket_connect_timeout": 2,
        "result_expires": 3600,
        "task_default_queue": "cart_x",
        # A task is done when it has run, not when it was fetched: no task dies with its worker.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": 270,
        "task_time_limit": 300,
        # A request that sends a task must not hang for long when the broker is away.
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0, "interval_step": 0.2},
        # Redis gives back what a stopping worker has not finished within this time.
        "worker_soft_shutdown_timeout": 45,
        "worker_hijack_root_logger": False,
        "beat_scheduler": "cart_x.heartbeat:HeartbeatScheduler",
        "beat_schedule_filename": "/tmp/beat-schedule",  # noqa: S108 - private to the container
        "beat_max_loop_interval": 30,
        "beat_schedule": {
            "purge-done": {
                "task": "cart_x.tasks.purge_done",
                "schedule": crontab(hour="4", minute="0"),
            },
        },
    }


def redis_url(name: str, number: int) -> str:
    """Return the address of the given database number of the server BROKER or CACHE."""
    user = quote(text(f"{name}_USER"), safe="")
    password = quote(text(f"{name}_PASSWORD"), safe="")
    address = f"{text(f'{name}_HOST')}:{text(f'{name}_PORT', '6379')}"
    return f"redis://{user}:{password}@{address}/{number}"
