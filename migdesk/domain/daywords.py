"""Dates in words, as papers write them in Kazakh, Russian and English."""

from __future__ import annotations

from datetime import date

_MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
_KK_IN_MONTH = (
    "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы "
    "шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы"
)


def day_in_words(day: date, language: str) -> str:
    """kk `2026 жылғы «23» қараша`, ru `«23» ноября 2026 года`, en `23 November 2026`."""
    month = _MONTHS[language].split()[day.month - 1]
    if language == "kk":
        return f"{day.year} жылғы «{day.day:02}» {month}"
    if language == "ru":
        return f"«{day.day:02}» {month} {day.year} года"
    return f"{day.day} {month} {day.year}"


def day_of_year(month: int, day: int, language: str) -> str:
    """A day of every year: kk `1 қаңтар`, ru `1 января`, en `1 January`."""
    return f"{day} {_MONTHS[language].split()[month - 1]}"


def as_of_words(day: date, language: str) -> str:
    """kk `2026 жылғы 1 желтоқсандағы жағдай бойынша`, ru `по состоянию на 1 декабря 2026 года`."""
    if language == "kk":
        return f"{day.year} жылғы {day.day} {_KK_IN_MONTH.split()[day.month - 1]} жағдай бойынша"
    month = _MONTHS[language].split()[day.month - 1]
    if language == "ru":
        return f"по состоянию на {day.day} {month} {day.year} года"
    return f"as of {day.day} {month} {day.year}"
