"""Damaged and hostile files for `intake.read`: `python -m benchmarks.fuzz_intake [--count N]`.

Prints how many inputs were read or refused, the slowest of them, and every breach: an exception
other than InputError, a cell value in a message, a warning, a crash, an input above the time limit.
"""

import argparse
import io
import json
import multiprocessing
import os
import random
import resource
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

import docx
import pyarrow as pa
from pyarrow import parquet

from core import Dataset, InputError
from intake import Limits, ReadOptions, Upload, read
from tests.intake import old_formats
from tests.intake.files import xlsx

TEXTS = ("csv", "tsv", "yaml", "json", "jsonl", "sql", "html", "xml")
SECRET = "ひみつ太郎"  # noqa: S105 a planted value, not a password
SECONDS = 10.0
"""Of processor time, for one input: a busy machine is no breach."""
MEMORY = 6 << 30
CHUNK = 250
LIMITS = Limits(file_bytes=4 << 20, unpacked_bytes=64 << 20)
Rows = list[list[str | float]]

ROWS: Rows = [["番号", "氏名", "年齢", "備考"]]
ROWS += [[f"{i:04d}", SECRET, float(i % 90), f"{SECRET}から電話, 「済」"] for i in range(12)]
TEXT = "\n".join(",".join(f'"{c}"' if "," in str(c) else str(c) for c in row) for row in ROWS)
TOKENS = (
    *(b'"', b"'", b",", b"\t", b";", b"\n", b"\r", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"\x1b$B", b"\x1b(B", b"\x80", b"\xfd", b"\xa0", b"\xe3\x81", b"<", b">", b"</", b"&x;"),
    *(b"{", b"}", b"[", b"]", b":", b"- ", b"&a ", b"*a", b"!!python/object:os.system ", b"? "),
    *(b"=1+1", b"=cmd|'/c calc'!A1", b"<script>alert(1)</script>", b"../../etc/passwd", b"%s%n"),
    *("｛男, 女｝".encode(), "個人情報ファイルの名称".encode(), "記録項目".encode()),
    *("項目名,データ型".encode(), b"CREATE TABLE t (", b"$ref: '#/'", b"1e999", b"-0", b"NaN"),
    *(b'r="XFD1048576"', b't="s"><v>99999999</v>', b'ref="A1:XFD1048576"', b"9" * 40, b"\\" * 9),
)


def yaml() -> bytes:
    """A small published-looking schema."""
    return (
        'openapi: "3.0.0"\ncomponents:\n  schemas:\n    名簿:\n      required: [番号]\n'
        "      properties:\n        番号: {type: string, maxLength: 4}\n"
        "        区分:\n          type: number\n"
        "          description: 次のいずれか {あり：1 なし：0}\n"
    ).encode()


def json_schema() -> bytes:
    """A small JSON Schema with a reference."""
    document = {
        "properties": {"番号": {"$ref": "#/$defs/a"}, "区": {"enum": ["北", 1, None]}},
        "$defs": {"a": {"type": "string", "allOf": [{"$ref": "#/$defs/a"}]}},
    }
    return json.dumps(document, ensure_ascii=False).encode()


def parquet_file() -> bytes:
    """A small Parquet file."""
    buffer = io.BytesIO()
    columns = list(zip(*[[str(c) for c in row] for row in ROWS], strict=True))
    parquet.write_table(pa.table({c[0]: list(c[1:]) for c in columns}), buffer)
    return buffer.getvalue()


def definition() -> bytes:
    """A workbook with a register form and a table of items."""
    form = [["個人情報ファイルの名称", "名簿"], ["記録項目", "1氏名、2住所"], ["利用目的", "連絡"]]
    items = [["項目名", "データ型", "桁数", "符号", "符号内容"], ["性別", "X", "1", "1", "男"]]
    return xlsx(簿=form, 定義=items)


def page() -> bytes:
    """A table in HTML, with spans and a table inside a cell."""
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    inner = "<table><tr><td>1</td></tr></table>"
    head = f"<tr><th colspan=2 rowspan='2'>見出し</th><th>{inner}</th></tr>"
    return f"<html><meta charset=utf-8><table>{head}{lines}</table></html>".encode()


def xml_sheet() -> bytes:
    """A spreadsheet in XML, with skipped rows and cells."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = "".join(
        f'<Row ss:Index="{2 * i + 1}">'
        + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row)
        + "</Row>"
        for i, row in enumerate(ROWS)
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="表"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def word_file() -> bytes:
    """A Word document with a register form."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        ("個人情報ファイルの名称", "名簿"),
        ("記録項目", "1氏名、2住所"),
        ("利用目的", "連絡"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def assessment() -> bytes:
    """An impact assessment: an overview with boxes, and the annex."""
    overview = [
        ["主な記録項目", "[", "○", "]", "個人番号"],
        ["その妥当性", "ため"],
        ["⑥使用目的", "手当"],
    ]
    annex = [["（別添２）特定個人情報ファイル記録項目"], ["（１）手当ファイル"], ["1", "宛名番号"]]
    return xlsx(概要=overview, 別添=annex)


CODES = "コード名,コード値,名称\n性別,1,男\n性別,2,女\n"
FOOTER = TEXT + "\n合計,12,,\n※ 注記\n出典：見本\n"
DUMP = (
    "/*!40101 SET NAMES utf8 */;\nCREATE TABLE IF NOT EXISTS `t` ("
    "`id` int NOT NULL COMMENT '番号', -- 行\n"
    "`x` enum('a','b'), PRIMARY KEY (`id`)) ENGINE=InnoDB;\n"
    "COMMENT ON COLUMN t.x IS '区分';"
)
HELD = '{"result": {"records": [{"番号": "1", "区": null}, {"番号": 2}]}, "total": 2}'

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("a.html", page()),
    ("a.xls", page()),
    ("a.xml", xml_sheet()),
    ("a.docx", word_file()),
    ("c.xlsx", assessment()),
    ("コード.csv", CODES.encode()),
    ("b.csv", FOOTER.encode("cp932")),
    ("c.csv", TEXT.encode() + FOOTER.encode("cp932")),
    ("d.csv", TEXT.encode("cp932").decode("latin-1").encode()),
    ("b.sql", DUMP.encode()),
    ("b.json", HELD.encode()),
    ("a.csv", TEXT.encode()),
    ("a.csv", TEXT.encode("utf-8-sig")),
    ("a.csv", TEXT.encode("cp932")),
    ("a.tsv", TEXT.replace(",", "\t").encode("euc_jp")),
    ("a.csv", TEXT.encode("iso2022_jp")),
    ("a.csv", TEXT.encode("utf-16")),
    ("a.xlsx", xlsx(表=ROWS, 別=ROWS[:3])),
    ("b.xlsx", definition()),
    ("a.xls", old_formats.xls(ROWS)),
    ("a.ods", old_formats.ods(ROWS)),
    ("a.xlsb", old_formats.xlsb(ROWS)),
    ("a.yaml", yaml()),
    ("a.json", json_schema()),
    ("a.jsonl", "\n".join(json.dumps(dict(zip("abcd", r, strict=True))) for r in ROWS).encode()),
    ("a.sql", f"CREATE TABLE t (id CHAR(4) NOT NULL, x INT COMMENT '{SECRET}');".encode()),
    ("a.parquet", parquet_file()),
)


@dataclass
class Tally:
    """What happened to a number of inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_input: str = ""

    def add(self, other: "Tally") -> None:
        """Take in another tally."""
        self.outcomes += other.outcomes
        self.breaches += other.breaches
        if other.slowest > self.slowest:
            self.slowest, self.slowest_input = other.slowest, other.slowest_input


def mutate(rng: random.Random, content: bytes) -> bytes:
    """A damaged copy."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 3, 8, 30))):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(7)
        if kind == 0 and data:
            data[at % len(data)] = rng.randrange(256)
        elif kind == 1:
            data[at:at] = rng.choice(TOKENS)
        elif kind == 2:
            del data[at : at + rng.choice((1, 2, 10, 100))]
        elif kind == 3:
            data[at:at] = data[at : at + rng.randrange(200)] * rng.choice((1, 2, 20))
        elif kind == 4:
            data[at:at] = rng.randbytes(rng.choice((1, 4, 64)))
        elif kind == 5:
            data = data[:at] if rng.random() < 0.2 else data
        else:
            data[at:at] = rng.choice(TOKENS) * rng.choice((2, 50, 400))
        del data[200_000:]
    return bytes(data)


def mutate_text(rng: random.Random, content: bytes) -> bytes:
    """A damaged copy that is still text, in any encoding."""
    text = list(content.decode("utf-8", "replace"))
    for _ in range(rng.choice((1, 2, 5, 20))):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            text[at:at] = rng.choice(TOKENS).decode("utf-8", "ignore") * rng.choice((1, 1, 40))
        elif kind == 1:
            del text[at : at + rng.choice((1, 3, 30))]
        elif kind == 2:
            text[at:at] = text[at : at + rng.randrange(100)] * rng.choice((1, 30))
        else:
            text[at:at] = chr(rng.choice((0x3042, 0x1F600, 0xE000, 0x3099, 0x2028, 0x85, 0xFEFF)))
    encodings = ("utf-8", "utf-8", "cp932", "euc_jp", "utf-16", "utf-32", "iso2022_jp", "gb18030")
    encoding = rng.choice(encodings)
    return "".join(text[:60_000]).encode(encoding, "replace")


def mutate_member(rng: random.Random, content: bytes) -> bytes:
    """A packed file with a damaged member and check sums that fit."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        members = source.infolist()
        chosen = rng.choice(members).filename
        for info in members:
            data = source.read(info)
            target.writestr(info.filename, mutate(rng, data) if info.filename == chosen else data)
    return buffer.getvalue()


def inputs(seed: int, count: int) -> Iterator[tuple[Upload, ReadOptions]]:
    """Damaged files, each with options that are sometimes wrong too."""
    rng = random.Random(seed)
    for _ in range(count):
        name, content = rng.choice(SEEDS)
        if rng.random() < 0.05:
            content = rng.randbytes(rng.randrange(3000))
        elif content[:2] == b"PK" and rng.random() < 0.7:
            content = mutate_member(rng, content)
        elif name.endswith(TEXTS) and rng.random() < 0.7:
            content = mutate_text(rng, content)
        else:
            content = mutate(rng, content)
        options = ReadOptions()
        if rng.random() < 0.2:
            options = ReadOptions(
                encoding=rng.choice((None, "cp932", "utf-8", "utf-16-le", "none")),
                delimiter=rng.choice((None, ",", "\t", "、")),
                quote=rng.choice((None, "", '"')),
                skip_rows=rng.choice((None, 0, 5, 1000)),
                header_rows=rng.choice((None, 0, 1, 3)),
                kind=rng.choice((None, "data", "schema")),
                sheet=rng.choice((None, None, "表")),
            )
        yield Upload(rng.choice((name, name, "a.txt", "a", "a.csv", "a.xlsx")), content), options


def said(found: InputError | tuple[Dataset, ...]) -> str:
    """Everything that is told to people about an input, apart from names of columns."""
    if isinstance(found, InputError):
        return str(found) + "".join(p.model_dump_json() for p in found.problems)
    notes = [note for dataset in found for source in dataset.sources for note in source.notes]
    lint = [note.message for dataset in found for note in dataset.lint]
    return "".join(message.ja + message.en for message in (*notes, *lint))


def used() -> float:
    """The seconds of processor time that this process and those it started have taken."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def attempt(upload: Upload, options: ReadOptions, tally: Tally, label: str) -> None:
    """Read one input and note what happened."""
    start = used()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            told = said(read([upload], {upload.name: options}, LIMITS))
        tally.outcomes["read"] += 1
    except InputError as error:
        told = said(error)
        tally.outcomes[error.problems[0].code] += 1
    except BaseException as error:
        told = ""
        tally.breaches.append(f"{label}: {type(error).__name__}")
        if isinstance(error, KeyboardInterrupt):
            raise
    seconds = used() - start
    if SECRET in told:
        tally.breaches.append(f"{label}: a value in a message")
    if seconds > SECONDS:
        tally.breaches.append(f"{label}: {seconds:.1f} s")
    if seconds > tally.slowest:
        tally.slowest, tally.slowest_input = seconds, f"{label} {upload.name}"


def run_chunk(seed: int, count: int) -> Tally:
    """Read one chunk of inputs within a limit of memory, so that a swelling input shows."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    tally = Tally()
    for number, (upload, options) in enumerate(inputs(seed, count)):
        attempt(upload, options, tally, f"seed {seed} input {number}")
    return tally


def run(count: int, workers: int, chunk: Callable[[int, int], Tally] = run_chunk) -> Tally:
    """Read `count` inputs in worker processes; a crashed worker is a breach."""
    total = Tally()
    context = multiprocessing.get_context("spawn")
    pending = list(range(-(-count // CHUNK)))
    while pending:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            futures = {pool.submit(chunk, seed, CHUNK): seed for seed in pending}
            for future in as_completed(futures):
                try:
                    total.add(future.result())
                    pending.remove(futures[future])
                except BrokenProcessPool:
                    break
            else:
                continue
        total.breaches.append(f"a worker crashed in one of the seeds {pending[:workers]}")
        pending = pending[workers:]
    return total


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    arguments = parser.parse_args()
    start = time.perf_counter()
    tally = run(arguments.count, arguments.workers)
    inputs_done = sum(tally.outcomes.values())
    print(f"{inputs_done:,} inputs in {time.perf_counter() - start:.0f} s")
    for outcome, number in tally.outcomes.most_common():
        print(f"  {outcome:20} {number:7,}")
    print(f"slowest {tally.slowest:.2f} s ({tally.slowest_input})")
    print(f"breaches {len(tally.breaches)}")
    for breach in tally.breaches[:50]:
        print(f"  {breach}")
    raise SystemExit(bool(tally.breaches))


if __name__ == "__main__":
    main()
