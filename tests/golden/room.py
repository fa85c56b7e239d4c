"""A folder with one input, in which terminal commands are called as a person would."""

import contextlib
import hashlib
import io
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cli import main
from tests.golden.still import settled, still

Result = dict[str, Any]
_REVIEWS: dict[tuple[bytes, ...], str] = {}


@dataclass(frozen=True)
class Room:
    """The folder in which the commands are called, and what its files are called."""

    folder: Path
    data: str = "data.csv"
    schema: str | None = None
    case: str | None = None
    pages: bool = False
    """Whether HTML is kept whole, not as a fingerprint."""

    def call(self, *words: object, files: tuple[str, ...] = ()) -> Result:
        """One command with `--json`: its exit, what it printed, the files it wrote."""
        return self.run([str(w) for w in words] + ["--json"], files)

    def say(self, *words: object, files: tuple[str, ...] = (), alike: bool = False) -> Result:
        """One command as JSON and as plain sentences, in both languages.

        The JSON in English is kept only where it is another one; it is not asked for where it
        is known to be `alike`.
        """
        result = self.call(*words, files=files)
        if not alike:
            english = self.call(*words, "--lang", "en", files=files)
            for part in ("json", "problems", *files):
                if english.get(part) != result.get(part):
                    result[f"{part}, en"] = english.get(part)
        for lang in ("ja", "en"):
            plain = self.run([*map(str, words), "--lang", lang])
            result[f"text, {lang}"] = plain.get("text", [])
            if plain["exit"] != result["exit"]:
                result[f"exit of text, {lang}"] = plain["exit"]
        return result

    def run(self, words: Sequence[str], files: tuple[str, ...] = ()) -> Result:
        """One command as it is."""
        for name in files:
            (self.folder / name).unlink(missing_ok=True)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code: Any = main(list(words))
            except SystemExit as ended:
                code = ended.code
        said, problems = (_text(stream) for stream in (out, err))
        result: Result = {"command": " ".join(words), "exit": code}
        if problems:
            result["problems"] = problems.splitlines()
        if said and "--json" in words:
            result["json"] = settled(json.loads(said))
        elif said:
            result["text"] = said.splitlines()
        return result | {name: self.kept(name) for name in files}

    def kept(self, name: str) -> Any:
        """What is kept of a file that a command wrote; None where it wrote none."""
        path = self.folder / name
        if not path.exists():
            return None
        content = path.read_bytes()
        if path.suffix == ".json":
            return settled(json.loads(content))
        if path.suffix in {".yaml", ".csv"} or (path.suffix == ".html" and self.pages):
            return content.decode("utf-8-sig").splitlines()
        return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}

    def write(self, name: str, content: str | bytes) -> str:
        """Put a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    @property
    def about(self) -> tuple[str, ...]:
        """Data and schema as `review` and `chat` take them."""
        return (self.data, *(("--schema", self.schema) if self.schema else ()))

    @property
    def whole(self) -> tuple[str, ...]:
        """The same with the case."""
        return (*self.about, *(("--case", self.case) if self.case else ()))

    def review(self) -> dict[str, Any]:
        """The review of the input, which also lies in the folder as `review.json`.

        It is made once for all doors that begin with it.
        """
        key = tuple((self.folder / name).read_bytes() for name in self.whole if name[0] != "-")
        if key not in _REVIEWS:
            found = self.call("review", *self.whole)["json"]
            _REVIEWS[key] = json.dumps(found, ensure_ascii=False)
        self.write("review.json", _REVIEWS[key])
        review: dict[str, Any] = json.loads(_REVIEWS[key])
        return review


@contextmanager
def opened(files: dict[str, bytes], **names: Any) -> Iterator[Room]:
    """A room with these files, a home of its own, no provider, and nothing volatile."""
    with (
        TemporaryDirectory() as place,
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(place),
        still(),
        unlogged(),
    ):
        room = Room(Path(place), **names)
        for name, content in files.items():
            room.write(name, content)
        patch.setenv("MEKIKI_HOME", str(room.folder / "home"))
        patch.delenv("MEKIKI_MODEL", raising=False)
        yield room


@contextmanager
def unlogged() -> Iterator[None]:
    """What libraries log is no part of a result: with a handler it does not go to stderr."""
    quiet = logging.NullHandler()
    logging.getLogger().addHandler(quiet)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(quiet)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
