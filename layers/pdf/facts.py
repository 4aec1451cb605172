"""Everything that is known of one project, and what is not stated, as pairs of label and words."""

from __future__ import annotations

from capacity.ledger import Entry
from layers.pdf.words import Words
from registry.own import USER
from terms.kinds import Basis, GeometryRole, PlaceBasis
from terms.records import Project
from terms.units import WATTS_PER_MW, format_number

Pair = tuple[str, str]  # a key below `detail` in the catalogue; empty words: not stated


def facts_of(words: Words, row: Project, entry: Entry | None) -> list[Pair]:
    """The pairs, size first; what does not apply to a row is left out, what it lacks is not."""
    return [
        *_size(words, row, entry),
        *_place(words, row),
        *_progress(words, row),
        *_source(words, row),
        *_related(words, row),
    ]


def _of_plan(words: Words, row: Project) -> list[Pair]:
    return [
        ("wording", row.wording),
        ("departments", words.t("word.comma").join(row.departments)),
    ]


def _size(words: Words, row: Project, entry: Entry | None) -> list[Pair]:
    pairs: list[Pair] = []
    if row.technology is not None:
        stated = row.capacity_mw
        pairs = [
            ("technology", words.lab("technology", row.technology)),
            ("capacity", words.power(int(stated * WATTS_PER_MW)) if stated is not None else ""),
            (
                "own.capacity_printed" if row.plan == USER else "capacity_printed",
                row.capacity_printed,
            ),
            ("capacity_basis", words.code(row, "capacity_basis", row.capacity_basis)),
            ("counted", _counted(words, entry)),
        ]
        if row.capacity_source:
            pairs.append(("capacity_source", row.capacity_source))
        if row.capacity_external_mw is not None:
            outside = words.power(int(row.capacity_external_mw * WATTS_PER_MW))
            pairs.append(("capacity_external", f"{outside}; {row.capacity_external_source}"))
    if row.technology is None or row.quantity_printed:
        pairs.append(("quantity", _quantity(row)))
    if row.voltage_kv:
        basis = words.lab("voltage_basis", row.voltage_basis) if row.voltage_basis else ""
        pairs.append(("voltage", words.join(filter(None, [f"{row.voltage_kv} kV", basis]))))
    return pairs


def _counted(words: Words, entry: Entry | None) -> str:
    if entry is None or entry.gross_w is None:
        return words.t("brief.counts_nothing")
    if not entry.excluded_w:
        return words.power(entry.counted_w)
    return words.t(
        "detail.counted_value",
        counted=words.power(entry.counted_w),
        excluded=words.power(entry.excluded_w),
        reason=words.t(f"capacity.reason_{entry.reason}"),
    )


def _quantity(row: Project) -> str:
    if row.quantity_printed or row.quantity_value is None:
        return row.quantity_printed
    return f"{format_number(row.quantity_value)} {row.quantity_unit}"


def _place(words: Words, row: Project) -> list[Pair]:
    pairs = [
        ("districts", words.districts(row)),
        ("precision", words.lab("precision", row.precision)),
    ]
    if row.place_basis is not PlaceBasis.NONE:
        pairs.append(("place_basis", words.lab("place_basis", row.place_basis)))
    if row.township:
        pairs.append(("township", row.township))
    if row.zone:
        pairs.append(("zone", words.zone(row)))
    if row.geometry_role is GeometryRole.SITE:
        doubt = words.t("map.approximate") if row.id in words.registry.approximate else ""
        said = [f"{row.lon}, {row.lat}", doubt]
        pairs.append(("coordinates", words.join(filter(None, said))))
    elif row.accuracy_m is not None:
        km = f"{row.accuracy_m / 1000:.0f}"
        pairs.append(("accuracy", words.t("detail.accuracy_value", km=km)))
    return pairs


def _progress(words: Words, row: Project) -> list[Pair]:
    status = words.code(row, "status", row.status)
    if row.status_date:
        status = words.t(
            "detail.status_note", status=status, date=row.status_date, source=row.status_source
        )
    basis = words.code(row, "by_year_basis", row.by_year_basis)
    form = f"{words.lab('action', row.action)} {words.lab('asset', row.asset)}"
    pairs = [
        ("status", status),
        ("owner", row.owner),
        ("by_year", words.t("detail.by_year_value", year=row.by_year, basis=basis)),
        ("kind", words.lab("kind", row.kind)),
        ("asset", form),
    ]
    if row.technology or row.land_mode:
        land = words.lab("land_mode", row.land_mode) if row.land_mode else ""
        pairs.append(("land_mode", land))
    return [
        *pairs,
        *(_of_plan(words, row) if row.plan != USER else []),
        ("id", row.id),
    ]


def _source(words: Words, row: Project) -> list[Pair]:
    plan = words.registry.plan_by_id[row.plan]
    pairs = [
        ("source_title", words.document(plan)),
        ("source_own", row.source_title if row.plan == USER else ""),
        ("source_section", row.source_section),
        ("source_item", row.source_item),
        ("source_also", words.t("word.comma").join(row.source_also)),
        ("note", row.note),
    ]
    return [pair for pair in pairs if pair[1]]


def _related(words: Words, row: Project) -> list[Pair]:
    """Rows above and below, and the target that the row restates."""
    pairs: list[Pair] = []
    if parent := words.registry.by_id.get(row.part_of):
        inferred = row.part_of_basis is Basis.INFERRED
        said = words.name(parent)
        doubt = words.lab("basis", Basis.INFERRED)
        pairs.append(
            ("part_of", words.t("brief.with", name=said, more=doubt) if inferred else said)
        )
    if members := words.registry.members.get(row.id):
        pairs.append(("members", words.join(map(words.name, members))))
    if target := words.registry.target_by_key.get(row.restates_target):
        name = words.either(target.name, target.name_en)
        pairs.append(("restated", f"{name} {target.printed}"))
    return pairs


OWN_LABELS = frozenset({"part_of", "members", "restated"})  # below `brief`, not below `detail`
