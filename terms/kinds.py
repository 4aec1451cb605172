"""Closed lists: what a plan, a project or a target may be. Labels live in `terms/catalogue/`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PlanStatus(StrEnum):
    """Whether a plan is in force or out for consultation (征求意见稿); `user`: no plan at all."""

    FINAL = "final"
    DRAFT = "draft"
    USER = "user"


class Kind(StrEnum):
    """One buildable thing, or an envelope that holds several (规模盘子)."""

    PROJECT = "project"
    PROGRAMME = "programme"


class Layer(StrEnum):
    """The map layer a row stands on; the first six name this product."""

    SUBSIDENCE_PV = "subsidence_pv"
    SALINE_WIND_SOLAR = "saline_wind_solar"
    PUMPED_STORAGE = "pumped_storage"
    SUBSTATION_500KV = "substation_500kv"
    HYDROGEN_STATION = "hydrogen_station"
    WETLAND_SINK = "wetland_sink"
    PV = "pv"
    PV_DISTRIBUTED = "pv_distributed"
    WIND = "wind"
    NEW_STORAGE = "new_storage"
    BIOMASS = "biomass"
    GAS_POWER = "gas_power"
    COAL_POWER = "coal_power"
    INTEGRATED_ENERGY = "integrated_energy"
    GRID = "grid"
    OIL_GAS = "oil_gas"
    HEAT = "heat"
    CCUS = "ccus"
    FOREST_SINK = "forest_sink"
    OCEAN_SINK = "ocean_sink"
    MANUFACTURING = "manufacturing"
    INDUSTRY = "industry"
    DIGITAL = "digital"
    TRANSPORT = "transport"
    CIRCULAR_ECONOMY = "circular_economy"


# The layer of the stations that a counted target counts, by its metric.
COUNTED_LAYERS: Mapping[str, Layer] = {"hydrogen_stations": Layer.HYDROGEN_STATION}


class Technology(StrEnum):
    """What a row's MW count as; anything that is not a plant has none."""

    PV = "pv"
    PV_DISTRIBUTED = "pv_distributed"
    WIND = "wind"
    HYDRO = "hydro"
    WIND_SOLAR_STORAGE = "wind_solar_storage"
    PUMPED_STORAGE = "pumped_storage"
    COMPRESSED_AIR_STORAGE = "compressed_air_storage"
    NEW_STORAGE = "new_storage"
    BIOMASS = "biomass"
    WASTE_TO_ENERGY = "waste_to_energy"
    GAS = "gas"
    COAL = "coal"


class Asset(StrEnum):
    """The sort of thing that is built."""

    PLANT = "plant"
    BASE = "base"
    STATION = "station"
    LINE = "line"
    WORKS = "works"
    FACTORY = "factory"
    PARK = "park"
    AREA = "area"


class Action(StrEnum):
    """What is done to it."""

    NEW = "new"
    EXPAND = "expand"
    RETROFIT = "retrofit"
    RETIRE = "retire"
    RESTORE = "restore"


class LandMode(StrEnum):
    """The land use printed for a generation project; an investor's first filter."""

    SUBSIDENCE = "subsidence"
    SALINE = "saline"
    AGRI = "agri"
    FISHERY = "fishery"
    FOREST = "forest"
    ROOFTOP = "rooftop"
    INDUSTRIAL = "industrial"
    UNUSED = "unused"
    SEA = "sea"


class Basis(StrEnum):
    """Whether a relation or a voltage is printed in the plan or read into it."""

    STATED = "stated"
    INFERRED = "inferred"


class VoltageBasis(StrEnum):
    """Where a voltage comes from."""

    PRINTED = "printed"
    INFERRED = "inferred"


class CapacityBasis(StrEnum):
    """How firm a printed capacity is."""

    PRINTED = "printed"
    APPROXIMATE = "approximate"
    CLASS = "class"
    NONE = "none"


class YearBasis(StrEnum):
    """Where a row's year comes from: printed, its five-year period, or the plan's horizon."""

    PRINTED = "printed"
    PERIOD = "period"
    HORIZON = "horizon"


class PlaceBasis(StrEnum):
    """What ties a row to its districts."""

    PRINTED = "printed"
    LIST_GROUP = "list_group"
    NAME = "name"
    ZONE = "zone"
    FEATURE = "feature"
    EXTERNAL = "external"
    OWN = "own"
    OUTSIDE = "outside"
    USER = "user"
    NONE = "none"


class Precision(StrEnum):
    """How exactly a row can be placed."""

    SITE = "site"
    TOWNSHIP = "township"
    DISTRICT = "district"
    MULTI = "multi"
    CITY = "city"
    CORRIDOR = "corridor"
    OFFSHORE = "offshore"


class Relation(StrEnum):
    """How a user's own project stands to what the plans list."""

    OPEN = "open"
    PART_OF = "part_of"
    NEW = "new"


class GeometryRole(StrEnum):
    """What an exported point means: the thing itself, a label for its district, or nothing."""

    SITE = "site"
    LABEL = "label"
    NONE = "none"


class Status(StrEnum):
    """How far a row has come; `listed` until somebody records otherwise."""

    LISTED = "listed"
    PROPOSED = "proposed"
    APPROVED = "approved"
    CONSTRUCTION = "construction"
    PARTLY_OPERATING = "partly_operating"
    OPERATING = "operating"
    SHELVED = "shelved"
    CANCELLED = "cancelled"
    RETIRED = "retired"


class Operator(StrEnum):
    """How a target's figure binds, read from the printed word."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    ABOUT = "~"
    EQUAL = "="
    AT_MOST = "<="
    LESS_THAN = "<"


class Nature(StrEnum):
    """What a target counts: a stock, a flow, a share, a change."""

    STOCK = "stock"
    IN_OPERATION = "in_operation"
    INCREMENT = "increment"
    START = "start"
    ANNUAL_FLOW = "annual_flow"
    SHARE = "share"
    CHANGE = "change"


class IncludesBasis(StrEnum):
    """Why a target's word covers the technologies it is held to cover."""

    STATED = "stated"
    SUM = "sum"
    CONVENTION = "convention"


class SelfCheckKind(StrEnum):
    """What a plan's own figures are held against: their sum, their repetition, an earlier year."""

    SUM = "sum"
    REPEAT = "repeat"
    SEQUENCE = "sequence"


class RowFigure(StrEnum):
    """Which figure of a project row a self-check takes."""

    CAPACITY = "capacity"
    QUANTITY = "quantity"
    DISTRICTS = "districts"


class RasterKind(StrEnum):
    """What the cells of a raster say; those of land cover are classes, all others amounts."""

    IRRADIATION = "irradiation"
    HEIGHT = "height"
    SLOPE = "slope"
    DEPTH = "depth"
    LAND_COVER = "land_cover"
    OTHER = "other"
