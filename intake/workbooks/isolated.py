"""The other end of `intake.workbooks.worker`: asks a process of its own about one workbook."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core import InputError

_WORKER = Path(__file__).with_name("worker.py")
_SECONDS = 120.0
"""Longer than the largest allowed workbook takes."""


class IsolatedBook:
    """A workbook held by a worker process. Raises InputError when the worker cannot read it."""

    def __init__(self, content: bytes) -> None:
        self._process = subprocess.Popen(  # noqa: S603 our own file, no shell
            [sys.executable, "-I", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader chokes on may be a cell
            env={"RUST_BACKTRACE": "0"},
        )
        self._clock = threading.Timer(_SECONDS, self._process.kill)
        self._clock.daemon = True
        self._clock.start()
        try:
            self._send(f"{len(content)}\n".encode() + content)
            self.sheets: list[tuple[str, bool]] = [(str(n), bool(h)) for n, h in self._receive()]
        except BaseException:
            self.close()
            raise

    def shape(self, sheet: str) -> dict[str, Any] | None:
        """`left`, `height`, `width` and `merged` of a sheet; None when it is empty."""
        self._send(json.dumps({"sheet": sheet}).encode() + b"\n")
        shape: dict[str, Any] | None = self._receive()
        return shape

    def rows(self, sheet: str, limit: int | None, padding: dict[int, int]) -> Iterator[list[str]]:
        """The rows of a sheet as text; to be read to the end."""
        request = {"sheet": sheet, "limit": limit, "padding": padding}
        self._send(json.dumps(request).encode() + b"\n")
        while (block := self._receive()) is not None:
            yield from block

    def close(self) -> None:
        """End the process."""
        self._clock.cancel()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:  # what was still to be written has nobody to read it
                continue
        self._process.wait()

    def _send(self, data: bytes) -> None:
        stream = self._process.stdin
        try:
            if stream:
                stream.write(data)
                stream.flush()
        except OSError:
            raise InputError.of("intake.file.damaged") from None

    def _receive(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line.endswith(b"\n"):
            raise InputError.of("intake.file.damaged")
        return json.loads(line)
