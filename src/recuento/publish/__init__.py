"""The public dossier: pages and open formats, by allow-list."""

from recuento.publish.build import build

__all__ = ["build"]
