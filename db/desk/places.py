"""Where something lies, as the columns that organisations and requests have for it."""

from typing import Any

from db.rules.postcode import read_postcode
from db.rules.region import flat_point, place_of, region_of

UNRESOLVED = "region_unresolved"


def place_columns(postcode: str, place: str = "") -> dict[str, Any]:
    """Postcode, place and region; the place that the postcode lies in when none was given."""
    read = read_postcode(postcode).postcode
    pc4 = read.pc4 if read else None
    return {
        "postcode": read.text if read else "",
        "pc4": pc4,
        "place": place or (place_of(pc4) if pc4 else None) or "",
        "region_code": (region_of(pc4) if pc4 else None) or UNRESOLVED,
    }


def point_columns(pc4: int | None) -> dict[str, Any]:
    """The point of a postcode, for distances."""
    point = flat_point(pc4) if pc4 else None
    return {"x_km": point[0] if point else None, "y_km": point[1] if point else None}
