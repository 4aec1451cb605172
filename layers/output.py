"""Writing what leaves the house without a browser: UTF-8 to a file or to standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from layers.table import to_csv
from terms.columns import Row
from terms.errors import SetupError

TableFormat = Literal["csv", "json"]


def write_table(
    rows: Iterable[Row], columns: tuple[str, ...], format: TableFormat, out: Path | None
) -> None:
    """Write rows as CSV (with a BOM into a file only) or as a JSON list; see `write_text`."""
    if format == "csv":
        write_text(to_csv(rows, columns, bom=out is not None), out)
    else:
        write_text(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n", out)


def write_text(text: str, out: Path | None) -> None:
    """Write UTF-8 to the file, or to standard output whatever the console's own encoding.

    Raises SetupError where it cannot be written; BrokenPipeError where the reader has seen enough.
    """
    write_chunks((text,), out)


def write_chunks(chunks: Iterable[str | bytes], out: Path | None) -> None:
    """Write pieces one after the other, text as UTF-8; see `write_text`."""
    with _failing_clearly(out):
        if out is not None:
            with out.open("wb") as file:
                _copy(chunks, file)
        elif sys.stdout is not None:
            _copy(chunks, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def _copy(chunks: Iterable[str | bytes], file: IO[bytes]) -> None:
    for chunk in chunks:
        file.write(chunk.encode("utf-8") if isinstance(chunk, str) else chunk)


@contextmanager
def _failing_clearly(out: Path | None) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        place = out or "standard output"
        raise SetupError(f"cannot write {place}: {error.strerror}") from error
