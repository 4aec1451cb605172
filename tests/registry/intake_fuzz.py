"""Mutated files through the whole intake: `python -m tests.registry.intake_fuzz --count 10000`.

What must hold for every file: it is refused by one sentence (IntakeError), or every row is
accounted for and every fault says what was expected; nothing else is raised, nothing takes long.
`--atheris` lets coverage guide the mutations (CSV, XLSX and GeoJSON readers are instrumented).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import resource
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

if "--atheris" in sys.argv:  # before our modules are imported: their coverage guides it
    import atheris

    with atheris.instrument_imports(include=["registry.intake", "seeds.quantities"]):
        import registry.intake.open
        import registry.intake.take_in  # noqa: F401

import intake_files as files
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from geo.districts import load_districts
from registry.intake.gazetteer import Gazetteer
from registry.intake.guess import guess_mapping
from registry.intake.limits import Limits
from registry.intake.mapping import IntakeKind
from registry.intake.open import open_sheet
from registry.intake.take_in import take_in
from registry.intake.template import csv_template, xlsx_template
from registry.registry import Registry, build_registry
from terms.errors import IntakeError, RecordsError

# Small limits, so that mutations reach them.
LIMITS = Limits(size=400_000, rows=2_000, cells=40_000, cell=2_000, unpacked=4_000_000)
NASTY = (
    *(
        "=1+1",
        "'=1",
        "<script>alert(1)</script>",
        "${x}",
        "`x`",
        "\\",
        "![i](http://x)",
        "\u202e甲",
    ),
    *("\x00", "\x07", "\ud7ff", "1e300", "nan", "-1", "0", "9" * 40, "１２３", "2×300", "20万千瓦"),
    *("市中区", "370402", "117°05'12\"E", "39512345.67", '"', "'", "\n", "\r\n", ",", ";", "\t"),
    *("约50MW", "百兆瓦级", "100MW/200MWh", "【示例】", "合计", "—", "𠮷", "﷽", "a" * 3_000),
)


def seeds() -> dict[str, bytes]:
    """One good file of each kind, and some that are nearly good."""
    return {
        "csv": files.csv_file(),
        "csv-gb18030": files.csv_file(encoding="gb18030"),
        "csv-template": csv_template(),
        "table": files.csv_file([("县区", "负荷（MW）"), ("肥城市", 5), ("370923", 6)]),
        "xlsx": files.xlsx_file(),
        "xlsx-template": xlsx_template(),
        "geojson": files.geojson_file(),
        "gpkg": files.gpkg_file(),
        "gpkg-areas": files.gpkg_file(("面", files.squares())),
        "shapefile": files.shapefile(),
        "shapefile-areas": files.shapefile(files.squares(), cpg=True),
        "zip": files.zip_file({"a.txt": b"x", "b.shp": b"y"}),
    }


class Mutator:
    """Breaks a file in the ways that files are broken: bytes, cells, parts, structures."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def mutate(self, data: bytes) -> bytes:
        """One to four changes, inside an archive's parts as often as outside.

        Two of five files are made anew instead, sound in form, with nasty words for cells.
        """
        if self.random.random() < 0.4:
            return self._made_anew()
        for _ in range(self.random.randint(1, 4)):
            is_zip = data.startswith(b"PK")
            choices: list[Callable[[bytes], bytes]] = [self._bytes, self._words]
            if is_zip:
                choices = [self._bytes, self._part, self._part, self._members]
            elif data.startswith(b"{"):
                choices += [self._json, self._json]
            data = self.random.choice(choices)(data)
        return data

    def _made_anew(self) -> bytes:
        """A sound file whose cells are good or nasty at random."""
        pick = self.random
        good = [cell for row in files.ROWS for cell in row]
        width = pick.randint(1, 9)
        names = [*files.HEADERS, "项目编号", "备注", "年份"]
        head = pick.sample(names, min(width, len(names)))
        rows: list[list[object]] = [list(head)]
        for _ in range(pick.randint(1, 6)):
            row = [pick.choice(NASTY) if pick.random() < 0.1 else pick.choice(good) for _ in head]
            for at, name in enumerate(head):
                if name in files.HEADERS and pick.random() < 0.93:
                    row[at] = pick.choice(files.ROWS)[files.HEADERS.index(name)]
            rows.append(row)
        if pick.random() < 0.2:
            rows.insert(0, [pick.choice(NASTY)])
        match pick.randrange(4):
            case 0:
                clean = [[ILLEGAL_CHARACTERS_RE.sub("", str(cell)) for cell in row] for row in rows]
                plain = [[cell.replace("\ud7ff", "") for cell in row] for row in clean]
                return files.xlsx_file(plain)
            case 1:
                return self._as_geojson(rows)
            case _:
                out = io.StringIO()
                csv.writer(out, delimiter=pick.choice(",;\t")).writerows(rows)
                return out.getvalue().encode("utf-8", "replace")

    def _as_geojson(self, rows: list[list[object]]) -> bytes:
        spots = [[116.77, 36.18], [36.18, 116.77], [0, 0], [1e300, 1], [479000, 4005000], []]
        features = [
            {
                "type": "Feature",
                "properties": dict(zip(map(str, rows[0]), row, strict=False)),
                "geometry": {"type": "Point", "coordinates": self.random.choice(spots)},
            }
            for row in rows[1:]
        ]
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
        whole = {"type": "FeatureCollection", "crs": crs, "features": features}
        return json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def _bytes(self, data: bytes) -> bytes:
        out, pick = bytearray(data), self.random
        for _ in range(pick.randint(1, 8)):
            if not out:
                break
            at = pick.randrange(len(out))
            match pick.randrange(6):
                case 0:
                    out[at] = pick.randrange(256)
                case 1:
                    out[at] ^= 1 << pick.randrange(8)
                case 2:
                    del out[at : at + pick.randint(1, 64)]
                case 3:
                    out[at:at] = out[max(0, at - 40) : at] * pick.randint(1, 5)
                case 4:
                    del out[at:]
                case _:
                    wild = pick.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, pick.getrandbits(32)))
                    out[at : at + 4] = struct.pack("<I", wild)
        return bytes(out)

    def _words(self, data: bytes) -> bytes:
        """Nasty words in place of cells."""
        cells = data.split(b",")
        for _ in range(self.random.randint(1, 4)):
            at = self.random.randrange(len(cells))
            cells[at] = self.random.choice(NASTY).encode("utf-8", "surrogatepass")
        return b",".join(cells)

    def _part(self, data: bytes) -> bytes:
        """A member of an archive mutated, the archive itself sound."""
        members = _members(data)
        if not members:
            return self._bytes(data)
        name = self.random.choice(list(members))
        content = members[name]
        if self.random.random() < 0.5 and content:
            word = self.random.choice(NASTY).encode()
            at = self.random.randrange(len(content))
            members[name] = content[:at] + word + content[at:]
        else:
            members[name] = self._bytes(content)
        return files.zip_file(members)

    def _members(self, data: bytes) -> bytes:
        """Members dropped, renamed, doubled, wrapped."""
        members = _members(data)
        if not members:
            return self._bytes(data)
        name = self.random.choice(list(members))
        content = members.pop(name)
        match self.random.randrange(5):
            case 0:
                pass
            case 1:
                members[f"../{name}"] = content
            case 2:
                members[name] = content
                members[f"copy/{name}"] = content
            case 3:
                members[name] = files.zip_file({name: content})
            case _:
                members[name] = b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + content
        return files.zip_file(members)

    def _json(self, data: bytes) -> bytes:
        """Values of a JSON replaced by others of a wrong sort."""
        try:
            whole = json.loads(data)
        except ValueError:
            return self._bytes(data)
        wild = [None, [], {}, "x", -1, 1e308, True, [[1, 2]], {"type": "Point"}, *NASTY[:8]]

        def walk(value: object) -> object:
            if self.random.random() < 0.05:
                return self.random.choice(wild)
            if isinstance(value, dict):
                return {key: walk(each) for key, each in value.items()}
            return [walk(each) for each in value] if isinstance(value, list) else value

        return json.dumps(walk(whole), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError, EOFError):
        return {}
    except zipfile.zlib.error:
        return {}


class Trial:
    """Runs one file through everything and says how it ended."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.gazetteer = Gazetteer(registry.districts)

    def run(self, data: bytes, kind: IntakeKind, crs: str) -> str:
        """`refused`, `faulty` or `good`; whatever else happens is a bug and is raised."""
        try:
            sheet = open_sheet(data, "fuzz", limits=LIMITS)
        except IntakeError as error:
            _check_sentence(str(error))
            return "refused"
        assert all(len(row.cells) == len(sheet.headers) for row in sheet.rows)
        mapping = guess_mapping(sheet, kind, self.gazetteer)
        mapping = replace(
            mapping.with_constants({"source": "fuzz"} if kind is not IntakeKind.TABLE else {}),
            crs=crs,
        )
        intake = take_in(
            sheet,
            mapping,
            kind=kind,
            registry=self.registry,
            gazetteer=self.gazetteer,
            limits=LIMITS,
        )
        assert intake.read == intake.proposed_rows + len(intake.skipped) + intake.faulty_rows
        for fault in intake.faults:
            assert fault.expected.count(" · ") >= 1, fault
            str(fault), fault.told("zh"), fault.told("en")
        if not intake.faults:
            assert len(intake.records) == len({each.id for each in intake.records})
            return "good"
        try:
            records = intake.records
        except RecordsError:
            return "faulty"
        raise AssertionError(f"{len(records)} records beside faults")


def _check_sentence(message: str) -> None:
    chinese, _, english = message.partition(" · ")
    assert chinese and english and "\n" not in message and len(message) < 700, message


def run(count: int, seed: int, *, keep: Path | None = None) -> dict[str, object]:
    """So many mutated files; what they came to, and the slowest of them."""
    trial, mutator, sources = Trial(build_registry(load_districts())), Mutator(seed), seeds()
    ends: Counter[str] = Counter()
    slowest, slowest_name, bugs = 0.0, "", 0
    for number in range(count):
        name = mutator.random.choice(list(sources))
        data = mutator.mutate(sources[name])
        kind = mutator.random.choice([*IntakeKind, *[IntakeKind.PROJECTS] * 5])
        crs = mutator.random.choice(("", *["wgs84"] * 4, "gcj02", "cgcs2000", "cgcs2000-3deg:117"))
        if keep is not None:
            (keep / "last").write_bytes(data)  # what a crash of a library leaves behind
        began = time.perf_counter()
        try:
            ends[trial.run(data, kind, crs)] += 1
        except Exception as error:  # noqa: BLE001 - a fuzzer's whole work is to see all of them
            bugs += 1
            print(f"{number} {name} {kind} {crs!r}: {type(error).__name__}: {error}"[:400])
            if keep is not None:
                (keep / f"bug-{number}-{name}").write_bytes(data)
        took = time.perf_counter() - began
        if took > slowest:
            slowest, slowest_name = took, f"{number} {name}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found: dict[str, object] = {"count": count, "bugs": bugs, **ends}
    return {**found, "slowest_s": round(slowest, 2), "slowest": slowest_name, "memory_mb": memory}


def guided(arguments: Mapping[str, object]) -> None:
    """Coverage-guided: atheris mutates a seed's bytes itself."""
    import atheris

    trial = Trial(build_registry(load_districts()))
    kinds = list(IntakeKind)

    def one(data: bytes) -> None:
        if data:
            trial.run(data[1:], kinds[data[0] % len(kinds)], "wgs84")

    with tempfile.TemporaryDirectory() as folder:
        for name, data in seeds().items():
            (Path(folder) / name).write_bytes(b"\0" + data)
        runs = f"-runs={arguments['count']}"
        atheris.Setup([sys.argv[0], folder, runs, "-max_len=60000", "-timeout=20"], one)
        atheris.Fuzz()


def main() -> int:
    """Print one JSON line; 1 if there was a bug."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that made a bug")
    parser.add_argument("--atheris", action="store_true")
    options = parser.parse_args()
    if options.atheris:
        guided({"count": options.count})
        return 0
    found = run(options.count, options.seed, keep=options.keep)
    print(json.dumps(found))
    return 1 if found["bugs"] else 0


if __name__ == "__main__":
    sys.exit(main())
