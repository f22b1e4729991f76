"""Days as feeds write them."""

from __future__ import annotations

from datetime import date, datetime, time
from email.utils import format_datetime
from zoneinfo import ZoneInfo


class Moment:
    """The midnight that begins the day in the site's time zone."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)

    def rfc3339(self, day: date) -> str:
        """Return ``2025-09-23T00:00:00+00:00``."""
        return datetime.combine(day, time(), self._zone).isoformat()

    def rfc822(self, day: date) -> str:
        """Return ``Tue, 23 Sep 2025 00:00:00 +0000``."""
        return format_datetime(datetime.combine(day, time(), self._zone))
