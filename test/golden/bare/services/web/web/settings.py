"""Settings that are the same everywhere; develop/ and deploy/ add what differs."""

MAX_CONTENT_LENGTH = 1024 * 1024
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
