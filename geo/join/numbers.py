"""Columns of a table as numbers: what is empty is missing, what cannot be read is said."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from terms.errors import JoinError

Floats = npt.NDArray[np.float64]


def numbers(column: pa.Array, name: str, *, first_row: int | None, strict: bool) -> Floats:
    """The column as float64, NaN where it is empty.

    Text that is no number raises JoinError if `strict`, else becomes NaN too; so does an infinite
    number. `first_row` is the number of the first row in its file, where known, for the
    message.
    """
    if not _is_readable(column.type):
        raise JoinError(f"column {name} holds {column.type}, expected numbers; name another column")
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    if is_text:
        trimmed = pc.utf8_trim_whitespace(column)
        column = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)
    try:
        values = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        values = np.array([_number(text) for text in column.to_pylist()], dtype=np.float64)
    if strict:
        _refuse_unread(column, values, name, first_row)
    return values


def _is_readable(kind: pa.DataType) -> bool:
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return is_number or pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _number(text: object) -> float:
    try:
        # Python would take 1_000 for a thousand; in a table it is a slip.
        return float("nan" if text is None or "_" in str(text) else str(text))
    except ValueError:
        return float("nan")


def _refuse_unread(column: pa.Array, values: Floats, name: str, first_row: int | None) -> None:
    """A sum may leave out what is empty, but not in silence what is there and cannot be read."""
    is_given = ~column.is_null(nan_is_null=True).to_numpy(zero_copy_only=False)
    is_unread = is_given & ~np.isfinite(values)
    if is_unread.any():
        at = int(np.argmax(is_unread))
        where = "a row" if first_row is None else f"row {first_row + at}"
        raise JoinError(
            f"{where}, column {name}: {column[at].as_py()!r} is no number that can be "
            "added up; write digits only, and leave the cell empty where the value is not known"
        )
