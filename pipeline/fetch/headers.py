"""What headers of answers say."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime


def retry_after(value: str, now: float) -> float | None:
    """Seconds to wait, of a Retry-After, which is a number of them or a date (RFC 9110, 10.2.3); None for neither.

    Args:
        now: seconds since 1970.
    """
    number = value.strip()
    if number.isascii() and number.isdecimal():
        return float(number[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)
