"""Mail by SMTP, as the environment describes the server."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import localtime, make_msgid

from cart_x.environment import flag, integer, text

LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# What a mail header would decode, =?...?=, is no address.
ADDRESS = re.compile(
    rf"(?!.*=\?)[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{LABEL}(\.{LABEL})+",
    re.ASCII | re.IGNORECASE,
)


def send(to: str, subject: str, body: str) -> None:
    """Send a mail; without EMAIL_USER there is no login. Raises what smtplib raises."""
    message = EmailMessage()
    message["From"] = text("EMAIL_FROM", "cart-x@localhost")
    message["To"] = to
    # A header has one line.
    message["Subject"] = " ".join(subject.split())
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid()
    message.set_content(body)
    host, port = text("EMAIL_HOST"), integer("EMAIL_PORT", 25)
    with smtplib.SMTP(host, port, timeout=10) as server:
        if flag("EMAIL_USE_TLS", default=False):
            server.starttls(context=ssl.create_default_context())
        user = text("EMAIL_USER", "")
        if user:
            server.login(user, text("EMAIL_PASSWORD"))
        server.send_message(message)
