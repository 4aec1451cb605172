"""The second shape: the rasters that users add are records, too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ADMINISTRATION = ("changed_by", "changed_at", "changed_why")
_TOLD = ("title", "title_en", "kind", "unit", "unit_en", "crs", "year", "source", "licence")
_MORE = ("caveat", "caveat_en", "address", "digest")


def upgrade() -> None:
    """Make the table of rasters; what earlier versions kept beside the files is taken in later."""
    op.create_table(
        "own_raster",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in (*_ADMINISTRATION, *_TOLD, *_MORE)),
        sa.Column("nodata", sa.Double, nullable=True),
        sa.Column("band", sa.Integer, nullable=False),
        sa.Column("is_chosen", sa.Boolean, nullable=False),
    )
