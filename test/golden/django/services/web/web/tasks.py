"""Celery tasks. A task may run twice when its worker is killed: each does the same again."""

from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused

from celery import shared_task
from django.core.mail import EmailMessage
from django.utils import timezone

from web.models import Item
from web.stats import forget_stats


# A mail server that is away is asked again later, unless it has refused for good.
@shared_task(
    autoretry_for=(OSError,),
    dont_autoretry_for=(SMTPAuthenticationError, SMTPRecipientsRefused),
    retry_backoff=10,
    retry_backoff_max=300,
    max_retries=8,
)
def send_reminder(item_id: int, email: str) -> None:
    """Mail a reminder of an item, unless it has been deleted meanwhile."""
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        return
    EmailMessage(
        # A header has one line.
        subject=" ".join(f"Reminder: {item.title}".split()),
        body=f"Don't forget: {item.title}\n",
        to=[email],
    ).send()


@shared_task
def purge_done() -> int:
    """Delete what was done and is older than 30 days; return how many."""
    limit = timezone.now() - timedelta(days=30)
    deleted, _ = Item.objects.filter(done=True, created_at__lt=limit).delete()
    forget_stats()
    return deleted
