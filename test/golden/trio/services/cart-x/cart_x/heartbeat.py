"""Files that the worker and beat touch while alive: a healthcheck that costs the broker nothing."""

from pathlib import Path
from typing import override

from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent, worker_ready

WORKER = Path("/tmp/worker-heartbeat")  # noqa: S108 - private to the container
BEAT = Path("/tmp/beat-heartbeat")  # noqa: S108 - private to the container


@worker_ready.connect
@heartbeat_sent.connect
def touch_worker(**_: object) -> None:
    """Every two seconds while the worker is connected to the broker."""
    WORKER.touch()


class HeartbeatScheduler(PersistentScheduler):
    """Celery's own scheduler; it wakes up at least every beat_max_loop_interval seconds."""

    @override
    def tick(self, *args: object, **kwargs: object) -> float:
        seconds: float = super().tick(*args, **kwargs)
        BEAT.touch()
        return seconds
