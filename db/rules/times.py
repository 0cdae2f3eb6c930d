"""Moments as people in the Netherlands say and write them."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from db.reference.lists import code_list, label

ZONE_NAME = "Europe/Amsterdam"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_PARTS = ("morning", "afternoon", "evening", "night")
PART_STARTS = {"morning": 7, "afternoon": 12, "evening": 17, "night": 23}
MINUTES_A_DAY = 1440
_NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}


@cache
def zone(name: str = ZONE_NAME) -> ZoneInfo:
    """The time zone by which the desk lives."""
    return ZoneInfo(name)


def local(moment: datetime) -> datetime:
    """The moment on the clock in Amsterdam."""
    return moment.astimezone(zone())


def part_of_hour(hour: int) -> str:
    """The day part to which an hour of the day belongs; the night runs past midnight."""
    started = [part for part in DAY_PARTS if hour >= PART_STARTS[part]]
    return started[-1] if started else "night"


def day_part_label(part: str, language: str) -> str:
    """What a day part is called within a sentence."""
    return label("day_part", part, language).lower()


def weekday_label(weekday: int, language: str) -> str:
    """The short name of a weekday, Monday being 0."""
    return label("weekday_short", WEEKDAYS[weekday], language)


def show_date(day: date, language: str) -> str:
    """A day as dd-mm-yyyy, which both languages of the desk read."""
    del language
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def show_time(moment: datetime, language: str) -> str:
    """The time of day on the clock in Amsterdam, 24 hours."""
    del language
    wall = local(moment)
    return f"{wall.hour}:{wall.minute:02d}"


def show_day(day: date, today: date, language: str) -> str:
    """A day as one would say it: today, tomorrow, or the weekday with its date."""
    near = _NEAR_DAYS.get((day - today).days)
    if near:
        return label("time_phrase", near, language)
    month = label("month_short", f"{day.month:02d}", language)
    year = "" if day.year == today.year else f" {day.year}"
    return f"{weekday_label(day.weekday(), language)} {day.day} {month}{year}"


def show_moment(moment: datetime, now: datetime, language: str) -> str:
    """A moment as one would say it, with its time: "morgen 9:30", "Thu 7 May 14:00"."""
    return f"{show_day(local(moment).date(), local(now).date(), language)} {show_time(moment, language)}"


def show_ago(moment: datetime, now: datetime, language: str) -> str:
    """How long ago a moment was, in the largest unit that says enough; the future counts as just now."""
    phrase, count = _age(moment, now)
    return code_list("time_phrase")[phrase].label(language).format(count=count)


def _age(moment: datetime, now: datetime) -> tuple[str, int]:
    minutes = int((now - moment).total_seconds() // 60)
    days = (local(now).date() - local(moment).date()).days
    if minutes < 1:
        return "just_now", 0
    if minutes < 60:
        return ("minute_ago" if minutes == 1 else "minutes_ago"), minutes
    if days <= 0 or minutes < MINUTES_A_DAY // 4:
        return ("hour_ago" if minutes < 120 else "hours_ago"), minutes // 60
    return _age_in_days(days)


def _age_in_days(days: int) -> tuple[str, int]:
    if days < 21:
        return ("day_ago" if days == 1 else "days_ago"), days
    if days < 61:
        return "weeks_ago", days // 7
    if days < 365:
        return "months_ago", days * 12 // 365
    return ("year_ago" if days < 730 else "years_ago"), days // 365


def show_moment_bar(moment: datetime, language: str) -> str:
    """The day and the time for the bar on top of the screen: "do 7 mei 10:02"."""
    wall = local(moment)
    month = label("month_short", f"{wall.month:02d}", language)
    return f"{weekday_label(wall.weekday(), language)} {wall.day} {month} {show_time(moment, language)}"
