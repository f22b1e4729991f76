"""When arXiv announces: by its table, in winter and summer, on week-ends and holidays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.arxiv.feed_entries import Entry
from generator.sources.facts import paper
from generator.sources.fetch import announced, schedule
from generator.sources.fetch.question import Known

TIMES = st.builds(
    lambda hours: dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours / 4),
    st.integers(0, 100 * 366 * 24 * 4),
)


def utc(text: str) -> dt.datetime:
    """Return a moment written as `2025-01-09 20:30`, in UTC."""
    return dt.datetime.fromisoformat(f"{text}:00+00:00")


@pytest.mark.parametrize(
    ("submitted", "listed"),
    [
        ("2025-01-07 18:59", "2025-01-08"),  # Tuesday, a minute before the deadline
        ("2025-01-07 19:00", "2025-01-09"),
        ("2025-01-08 18:59", "2025-01-09"),
        ("2025-01-09 18:59", "2025-01-10"),
        ("2025-01-09 19:00", "2025-01-13"),  # Thursday afternoon: Sunday evening
        ("2025-01-10 18:59", "2025-01-13"),
        ("2025-01-10 19:00", "2025-01-14"),  # Friday afternoon: Monday evening
        ("2025-01-11 12:00", "2025-01-14"),
        ("2025-01-12 23:00", "2025-01-14"),
        ("2025-01-13 18:59", "2025-01-14"),
        ("2025-07-08 17:59", "2025-07-09"),  # the deadline is an hour earlier in UTC
        ("2025-07-08 18:00", "2025-07-10"),
        ("2025-03-07 18:59", "2025-03-10"),  # Friday before the clocks change
        ("2025-03-10 17:59", "2025-03-11"),  # and Monday after
        ("2025-01-19 12:00", "2025-01-22"),  # Martin Luther King's day has no announcement
        ("2025-07-03 19:00", "2025-07-08"),  # nor has the Sunday after the Fourth
        ("2026-12-24 20:00", "2026-12-28"),  # Thursday afternoon: Sunday
        ("2027-11-24 20:00", "2027-11-29"),  # Thanksgiving is skipped
    ],
)
def test_the_listing_day(submitted: str, listed: str) -> None:
    """The day whose list has a paper sent in at a time."""
    assert schedule.listing_day(utc(submitted)) == dt.date.fromisoformat(listed)


def test_more_holidays() -> None:
    """The settings can name evenings without an announcement."""
    deferred = [dt.date(2025, 1, 7)]
    assert schedule.listing_day(utc("2025-01-07 12:00"), deferred) == dt.date(2025, 1, 9)
    assert not schedule.is_listing_day(dt.date(2025, 1, 8), deferred)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2025-01-09 00:59", "2025-01-08"),
        ("2025-01-09 01:00", "2025-01-09"),
        ("2025-01-11 12:00", "2025-01-10"),
        ("2025-01-13 00:59", "2025-01-10"),
        ("2025-01-13 01:00", "2025-01-13"),
        ("2025-01-21 12:00", "2025-01-20"),
        ("2025-07-09 00:00", "2025-07-09"),
    ],
)
def test_the_latest(now: str, day: str) -> None:
    """What has been announced last at a moment."""
    assert schedule.latest(utc(now)) == dt.date.fromisoformat(day)


@given(TIMES)
def test_every_paper_is_announced(submitted: dt.datetime) -> None:
    """After it was sent in, on a listing day, and within a week."""
    day = schedule.listing_day(submitted)
    assert schedule.is_listing_day(day)
    assert day.weekday() < 5
    assert dt.timedelta(0) < day - submitted.astimezone(schedule.EASTERN).date()
    assert day - submitted.date() <= dt.timedelta(days=7)


@given(TIMES, TIMES)
def test_who_comes_first_is_announced_first(one: dt.datetime, other: dt.datetime) -> None:
    """No later paper is announced before an earlier one."""
    first, second = sorted((one, other))
    assert schedule.listing_day(first) <= schedule.listing_day(second)


def entry(arxiv: str, submitted: str) -> Entry:
    """Return an entry of the API."""
    made = paper(title=arxiv, date=dt.date(2025, 1, 1), arxiv=arxiv, source="arxiv")
    return Entry(made, "", 1, utc(submitted), 1)


def test_a_held_paper_has_the_id_of_its_day() -> None:
    """Between papers of a later day by its id: it was announced with them."""
    entries = [
        *[entry(f"2501.0000{n}", "2025-01-06 12:00") for n in range(1, 5)],
        *[entry(f"2501.0001{n}", "2025-01-07 12:00") for n in range(1, 5)],
        entry("2501.00015", "2025-01-02 12:00"),
        entry("2501.00016", "2025-01-07 12:00"),
        entry("2412.09999", "2025-01-06 12:00"),  # its id is odd: the schedule says
    ]
    days = {one.paper.arxiv: day for one, day in announced.announced_on(entries)}
    assert days["2501.00015"] == dt.date(2025, 1, 8)
    assert days["2501.00001"] == days["2412.09999"] == dt.date(2025, 1, 7)


def test_of_days_that_were_fetched_only_what_came_later_is_taken() -> None:
    """What is not known, and has an id from before, was left out by somebody."""
    monday, tuesday, wednesday = (dt.date(2025, 1, day) for day in (6, 7, 8))
    entries = [
        entry("2501.00001", "2025-01-03 12:00"),  # known
        entry("2501.00002", "2025-01-03 12:00"),  # of Monday, and not known
        entry("2501.00003", "2025-01-03 12:00"),  # known
        entry("2501.00004", "2025-01-06 12:00"),  # of Tuesday, which was missed
        entry("2501.00005", "2025-01-07 12:00"),
        entry("2501.00006", "2025-01-03 12:00"),  # held
    ]
    ids = frozenset(["2501.00001", "2501.00003"])
    known = Known(ids, {monday: ids}, {monday: ids})
    placed = announced.place(entries, [wednesday], known)
    listed = [one.paper.arxiv for one in placed.days[wednesday]]
    assert listed == ["2501.00005", "2501.00006"]
    assert (dict(placed.missed), placed.passed) == ({tuesday: 1}, 1)
