"""The accounts of an event side by side, and the demands made in it."""

from recuento.compare.accounts import side_by_side
from recuento.compare.copies import families, sources_of
from recuento.compare.demands import demands_in, overdue
from recuento.compare.events import events_of
from recuento.compare.grounding import grounded
from recuento.compare.speakers import actor_for

__all__ = ["actor_for", "demands_in", "events_of", "families", "grounded", "overdue", "side_by_side", "sources_of"]
