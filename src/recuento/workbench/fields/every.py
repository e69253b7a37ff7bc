"""The fields of a statement as a person sees them, in the order of their numbers.

The number of a field is its key. A statement with several figures has the fields 3 to 6 once for each, one that asks
for several things the fields 7 to 9.
"""

from __future__ import annotations

from recuento.model.statement import Statement
from recuento.workbench.fields.demands import demand_fields
from recuento.workbench.fields.field import Field, Scene
from recuento.workbench.fields.figures import figure_fields
from recuento.workbench.fields.voice import speaker_field, stance_field


def fields_of(before: Statement, now: Statement, scene: Scene) -> tuple[Field, ...]:
    """The fields of a statement; `now` is how the form stands, `before` what it started from (often the same)."""
    return (
        speaker_field(before, now, scene),
        stance_field(before, now, scene),
        *figure_fields(before, now, scene),
        *demand_fields(before, now, scene),
    )
