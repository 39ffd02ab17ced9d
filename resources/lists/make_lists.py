"""Make the shipped lists from the raw data tables. Run by hand when the tables change:

    python resources/lists/make_lists.py DATA_FOLDER

Reads kato, oked, countries, population and names (CSV) of the folder, checks them again, and writes the
compact lists beside this file. Nothing is written unless every table is sound: otherwise each fault is
named by file, row (as a spreadsheet numbers it) and reason, and the exit code is 1. `pycountry` is a
development dependency: the second opinion on ISO 3166-1.

Confidence words: the tables' `verified` stays, `single_source` becomes `library` (public data,
recomputed), `unverified` stays; a row with two marks keeps the weaker one.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pycountry

Row = dict[str, str]
Report = Callable[[int, str], None]

HERE = Path(__file__).resolve().parent
LANGUAGES = ("name_kk", "name_ru", "name_en")
COLUMNS = {
    "kato": "code,level,parent_code,name_kk,name_ru,name_en,kind,valid_from,valid_to,confidence,source_note",
    "oked": "code,level,parent_code,name_kk,name_ru,name_en,confidence,confidence_kk,source_note",
    "countries": "alpha2,alpha3,numeric,mrz_code,name_kk,name_ru,name_en,mrz_only,visa_free_unilateral,"
    "eaeu,cis,confidence,confidence_names,note",
    "population": "year,as_of,region_code,indicator,value,source,confidence",
    "names": "origin,kind,cyrillic,latin_as_in_passport,weight",
}
KAZAKH = set("ӘәҒғҚқңӨөҰұҮүһІі")  # no name begins with Ң or Һ
ALSO = {
    "ARE": "ОАЭ|БАӘ|UAE",
    "AZE": "Әзірбайжан",
    "BLR": "Белоруссия",
    "CHN": "Китай|КНР|Қытай|ҚХР|PRC",
    "DEU": "ФРГ",
    "GBR": "Англия",
    "KAZ": "РК|ҚР",
    "KGZ": "Киргизия|Кыргызская Республика",
    "KOR": "Южная Корея|Оңтүстік Корея|South Korea|Корея|Korea",
    "MDA": "Молдавия",
    "PRK": "Северная Корея|КХДР|North Korea|Корея|Korea",
    "RUS": "РФ|Российская Федерация|Russia",
    "TKM": "Туркмения",
    "USA": "Соединённые Штаты Америки",
    "UZB": "РУз|Республика Узбекистан",
}
"""Other words people write for a country, joined by a bar; a word of two countries is read as neither."""
CONFIDENCE = {"verified": "verified", "single_source": "library", "unverified": "unverified"}
STRENGTH = ("verified", "library", "unverified")

# current objects of each region by the classifier's edition of 17.07.2026: levels 2, 3, 4
KATO_COUNTS = {
    "10": (12, 140, 1421), "11": (20, 239, 775), "15": (13, 142, 717), "19": (11, 136, 483),
    "23": (8, 69, 542), "27": (13, 152, 1833), "31": (11, 151, 398), "33": (10, 118, 358),
    "35": (13, 172, 1417), "39": (20, 200, 691), "43": (9, 148, 227), "47": (7, 48, 526),
    "55": (13, 129, 531), "59": (14, 188, 594), "61": (17, 180, 868), "62": (5, 38, 543),
    "63": (13, 110, 1062), "71": (6, 0, 0), "75": (8, 0, 0), "79": (5, 0, 0),
}  # fmt: skip
KATO_KINDS = {"region", "city_rep", "district", "city", "rural_okrug", "settlement", "village", "other"}
OKED_DIVISIONS, OKED_SECTIONS = 88, "ABCDEFGHIJKLMNOPQRSTU"
COMPLETE_YEARS = range(2018, 2024)
ISO_COUNTRIES, SPECIAL_CODES = 249, 25
NAME_KINDS = {"surname", "given_m", "given_f", "patronymic_m", "patronymic_f"}


def main(arguments: list[str]) -> int:
    """Check all tables, then write all lists; 0 when written, 1 when refused, 2 on wrong usage."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(arguments[0])
    tables = {name: read(folder / f"{name}.csv") for name in CHECKS}
    faults: list[str] = []
    for name, check in CHECKS.items():
        check(tables[name], reporter(name, faults))
    places = {row["code"] for row in tables["kato"]} | {"000000000"}
    for row in tables["population"]:
        if row["region_code"] not in places:
            faults.append(f"population.csv, row {row['_row']}: {row['region_code']} is not in kato.csv")
    if faults:
        sys.stderr.write("\n".join([*faults, f"{len(faults)} fault(s): nothing was written.", ""]))
        return 1
    for name, shape in SHAPES.items():
        write(HERE / f"{name}.csv", [shape(row) for row in tables[name] if not is_remark(row)])
    retired = {row["code"]: successor(row) for row in tables["kato"] if successor(row)}
    write(HERE / "kato_successors.csv", [{"code": old, "successor": new} for old, new in retired.items()])
    return 0


def read(path: Path) -> list[Row]:
    """The rows of a table as text; `_row` is the row's number in a spreadsheet."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    if list(reader.fieldnames or []) != COLUMNS[path.stem].split(","):
        sys.exit(f"{path.name}: the columns are not {COLUMNS[path.stem]}. Nothing was written.")
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            sys.exit(f"{path.name}, row {number}: too many or too few cells. Nothing was written.")
        row["_row"] = str(number)
    return rows


def write(path: Path, rows: list[Row]) -> None:
    """UTF-8 without a mark, LF, only the quotes that are needed: the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stderr.write(f"{path.name}: {len(rows)} rows\n")


def reporter(table: str, faults: list[str]) -> Report:
    """A function that notes a fault of a table by row; row 0 is the table as a whole."""

    def report(row: int, reason: str) -> None:
        faults.append(f"{table}.csv, row {row}: {reason}" if row else f"{table}.csv: {reason}")

    return report


def check_kato(rows: list[Row], report: Report) -> None:
    """Codes, parents, prefixes, levels, dates, languages, letters, and the counts of every region."""
    by_code = unique(rows, ("code",), report)
    named(rows, report)
    for row in rows:
        number, code = int(row["_row"]), row["code"]
        if not re.fullmatch(r"\d{9}", code):
            report(number, f"code {code!r} is not nine digits")
        if row["kind"] not in KATO_KINDS or row["level"] not in "1234":
            report(number, f"kind {row['kind']!r} or level {row['level']!r} is unknown")
        if re.search("[A-Za-z]", row["name_kk"] + row["name_ru"]):
            report(number, "a Latin letter in a Cyrillic name")
        for column in ("valid_from", "valid_to"):
            if not re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row[column]):
                report(number, f"{column} {row[column]!r} is not an ISO date")
        _check_parent(row, by_code, report)
    _check_kato_counts(rows, report)
    if lost := KAZAKH - set("".join(row["name_kk"] for row in rows)):
        report(0, f"no Kazakh name has the letters {''.join(sorted(lost))}: the encoding was spoiled")


def significant(code: str) -> str:
    """The digits that a code hands down to everything inside it: 2, 4, 6 or all 9."""
    return next((code[:n] for n in (2, 4, 6) if not code[n:].strip("0")), code)


def successor(row: Row) -> str:
    """The code that took the place of a retired one."""
    found = re.search(r"successor (\d{9})", row["source_note"])
    return found[1] if found else ""


def _check_parent(row: Row, by_code: dict[tuple[str, ...], Row], report: Report) -> None:
    number, parent = int(row["_row"]), row["parent_code"]
    if not parent:
        if row["level"] != "1":
            report(number, "no parent below level 1")
        return
    if (parent,) not in by_code:
        report(number, f"parent {parent} does not exist")
        return
    if not row["code"].startswith(significant(parent)):
        report(number, f"code {row['code']} does not begin like its parent {parent}")
    if int(by_code[parent,]["level"]) >= int(row["level"]):
        report(number, f"parent {parent} is not of a higher level")
    if row["valid_to"] and (successor(row),) not in by_code:
        report(number, "a retired code without an existing successor")


def _check_kato_counts(rows: list[Row], report: Report) -> None:
    counts = Counter((row["code"][:2], row["level"]) for row in rows if not row["valid_to"])
    for region, expected in KATO_COUNTS.items():
        found = tuple(counts[region, level] for level in "234")
        if found != expected or counts[region, "1"] != 1:
            report(0, f"region {region} has {found} objects on levels 2-4, expected {expected}")
    for region in sorted({row["code"][:2] for row in rows} - set(KATO_COUNTS)):
        report(0, f"region {region} is unknown")


def check_oked(rows: list[Row], report: Report) -> None:
    """21 sections A-U, 88 divisions of two digits, each inside a section."""
    unique(rows, ("code",), report)
    named(rows, report)
    sections = "".join(row["code"] for row in rows if row["level"] == "section")
    if sections != OKED_SECTIONS:
        report(0, f"sections are {sections}, expected {OKED_SECTIONS}")
    divisions = [row for row in rows if row["level"] == "division"]
    if len(divisions) != OKED_DIVISIONS or len(divisions) + len(sections) != len(rows):
        report(0, f"{len(divisions)} divisions, expected {OKED_DIVISIONS}")
    for row in divisions:
        if not re.fullmatch(r"\d\d", row["code"]) or row["parent_code"] not in sections:
            report(int(row["_row"]), f"division {row['code']!r} of section {row['parent_code']!r}")


def check_countries(rows: list[Row], report: Report) -> None:
    """All of ISO 3166-1 as pycountry has it, and the special codes of travel documents."""
    unique(rows, ("mrz_code",), report)
    named(rows, report)
    listed = {row["alpha3"]: row for row in rows if row["mrz_only"] == "0"}
    if len(rows) != ISO_COUNTRIES + SPECIAL_CODES:
        report(0, f"{len(rows)} rows, expected {ISO_COUNTRIES + SPECIAL_CODES}")
    for country in pycountry.countries:
        row = listed.pop(country.alpha_3, None)
        if row is None:
            report(0, f"{country.alpha_3} of ISO 3166-1 is missing")
        elif (row["alpha2"], row["numeric"], row["mrz_code"]) != (
            country.alpha_2, country.numeric, country.alpha_3
        ):  # fmt: skip
            report(int(row["_row"]), f"{country.alpha_3} differs from ISO 3166-1")
    for row in listed.values():
        report(int(row["_row"]), f"{row['alpha3']} is not in ISO 3166-1")


def check_population(rows: list[Row], report: Report) -> None:
    """One value per day, place and indicator; parts sum up to the whole wherever both are given."""
    unique(rows, ("as_of", "region_code", "indicator"), report)
    values: dict[tuple[str, str, str], float] = {}
    for row in rows:
        if not re.fullmatch(r"\d+(\.\d+)?", row["value"]) or not row["as_of"].startswith(row["year"]):
            report(int(row["_row"]), f"value {row['value']!r} or day {row['as_of']!r} cannot be read")
            continue
        values[row["as_of"], row["region_code"], row["indicator"]] = float(row["value"])
    for (day, place, indicator), total in values.items():
        if not indicator.startswith("population_total"):
            continue
        for parts in (("urban", "rural"), ("male", "female")):
            found = [values.get((day, place, indicator.replace("total", part))) for part in parts]
            known = [value for value in found if value is not None]
            if len(known) == len(parts) and sum(known) != total:
                report(0, f"{day} {place}: {' + '.join(parts)} is not {indicator}")
    _check_country_sums(values, report)


def _check_country_sums(values: dict[tuple[str, str, str], float], report: Report) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for (day, place, indicator), value in values.items():
        if place.endswith("0000000") and place != "000000000":
            sums[day, indicator] += value
    for year in COMPLETE_YEARS:
        for indicator in ("total", "male", "female", "urban", "rural"):
            key = (f"{year}-01-01", f"population_{indicator}")
            if sums[key] != values.get((key[0], "000000000", key[1])):
                report(0, f"{key[0]}: regions do not sum up to the country in {key[1]}")


def check_names(rows: list[Row], report: Report) -> None:
    """Known kinds, weights 1-10, a Latin form for every name, `{F}` in every pattern."""
    unique(rows, ("origin", "kind", "cyrillic", "latin_as_in_passport"), report)
    for row in rows:
        number, is_pattern = int(row["_row"]), row["kind"].startswith("patronymic")
        if row["kind"] not in NAME_KINDS or row["weight"] not in map(str, range(1, 11)):
            report(number, f"kind {row['kind']!r} or weight {row['weight']!r} is unknown")
        if not is_pattern and not re.fullmatch(r"[A-Z]+(?: [A-Z]+)*", row["latin_as_in_passport"]):
            report(number, "a Latin form that no passport has")
        if is_pattern and "{F}" not in row["cyrillic"] and not row["cyrillic"].startswith("("):
            report(number, "a pattern of patronymics without {F}")


def unique(rows: list[Row], key: tuple[str, ...], report: Report) -> dict[tuple[str, ...], Row]:
    """Rows by key; every repeated key is a fault."""
    by_key: dict[tuple[str, ...], Row] = {}
    for row in rows:
        parts = tuple(row[column] for column in key)
        if parts in by_key:
            report(int(row["_row"]), f"{' '.join(parts)} stands already in row {by_key[parts]['_row']}")
        by_key.setdefault(parts, row)
    return by_key


def named(rows: Iterable[Row], report: Report) -> None:
    """All three languages, no blanks at the ends, a known confidence."""
    for row in rows:
        for column in LANGUAGES:
            if not row[column] or row[column] != row[column].strip():
                report(int(row["_row"]), f"{column} is empty or has blanks at its ends")
        if row["confidence"] not in CONFIDENCE:
            report(int(row["_row"]), f"confidence {row['confidence']!r} is unknown")


def weakest(*marks: str) -> str:
    """The weaker of two confidence marks, in the program's words."""
    return max((CONFIDENCE[mark] for mark in marks), key=STRENGTH.index)


def texts(row: Row) -> Row:
    """The three languages."""
    return {"kk": row["name_kk"], "ru": row["name_ru"], "en": row["name_en"]}


def shape_kato(row: Row) -> Row:
    """191000000 was given to Konaev on the day of the reform: before, it meant Taldykorgan."""
    reused = "REUSED" in row["source_note"]
    return {
        "code": row["code"], "level": row["level"], "parent": row["parent_code"], **texts(row),
        "kind": row["kind"], "valid_from": "2022-06-08" if reused else row["valid_from"],
        "valid_to": row["valid_to"], "confidence": weakest(row["confidence"]),
    }  # fmt: skip


def shape_oked(row: Row) -> Row:
    """Level 1 is a section, level 2 a division."""
    return {
        "code": row["code"], "level": "1" if row["level"] == "section" else "2",
        "parent": row["parent_code"], **texts(row), "kind": row["level"],
        "confidence": weakest(row["confidence"], row["confidence_kk"]),
    }  # fmt: skip


def shape_country(row: Row) -> Row:
    """`kind`: country, status (stateless, refugee), special (read in documents only)."""
    same = re.match(r"= ([A-Z]{3})\b", row["note"])
    status = "status" if row["mrz_code"] in ("XXA", "XXB", "XXC") else "special"
    return {
        "code": row["mrz_code"], "alpha2": row["alpha2"], **texts(row),
        "kind": "country" if row["mrz_only"] == "0" else status, "also": ALSO.get(row["mrz_code"], ""),
        "same_as": same[1] if same else "",
        "eaeu": row["eaeu"], "cis": row["cis"],
        "confidence": weakest(row["confidence"], row["confidence_names"]),
    }  # fmt: skip


def shape_population(row: Row) -> Row:
    """The year stands in `as_of` already."""
    return {
        "as_of": row["as_of"], "region": row["region_code"], "indicator": row["indicator"],
        "value": row["value"], "source": row["source"], "confidence": weakest(row["confidence"]),
    }  # fmt: skip


def shape_name(row: Row) -> Row:
    """Of two patterns (`-ович/-евич`) the first is kept: the second follows from the father's name."""
    return {
        "origin": row["origin"], "kind": row["kind"], "cyrillic": row["cyrillic"].split("/")[0],
        "latin": row["latin_as_in_passport"].split("/")[0], "weight": row["weight"],
    }  # fmt: skip


def is_remark(row: Row) -> bool:
    """`(no patronymic)` among the names is no pattern: an origin without one has no row."""
    return row.get("cyrillic", "").startswith("(")


CHECKS: dict[str, Callable[[list[Row], Report], None]] = {
    "kato": check_kato,
    "oked": check_oked,
    "countries": check_countries,
    "population": check_population,
    "names": check_names,
}
SHAPES: dict[str, Callable[[Row], Row]] = {
    "kato": shape_kato,
    "oked": shape_oked,
    "countries": shape_country,
    "population": shape_population,
    "names": shape_name,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
