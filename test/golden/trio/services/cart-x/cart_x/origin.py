"""Forms are accepted from this site's own pages alone."""

from urllib.parse import urlsplit


def from_here(site: str | None, origin: str | None, host: str | None) -> bool:
    """Tell whether a request was not sent by a page of another site.

    The arguments are the headers Sec-Fetch-Site, Origin and Host. Browsers say where a request
    comes from in the first, old ones in the second. What is no browser sends neither.
    """
    if site is not None:
        return site in {"same-origin", "none"}
    return origin is None or urlsplit(origin).netloc == host
