"""Sealed sources among the actors of a casefile: each under its random id, and called by its class alone."""

from __future__ import annotations

from dataclasses import replace

from recuento.casefile.settings.settings import Settings
from recuento.model.casting import Actor
from recuento.model.vault import Source
from recuento.store import vault
from recuento.store.database import Database


def with_sources(settings: Settings, database: Database) -> Settings:
    """The settings with every sealed source as an actor that is not public.

    A claim names a source by its id, as it names any actor. What recuento.toml says of such an id counts.
    """
    with database.reading() as connection:
        sources = vault.sources(connection)
    known = {actor.id for actor in settings.cast.actors}
    more = tuple(_actor(source) for source in sources if source.id not in known and not source.is_metadata)
    return replace(settings, cast=replace(settings.cast, actors=(*settings.cast.actors, *more))) if more else settings


def _actor(source: Source) -> Actor:
    return Actor(id=source.id, name=source.id, party=source.party, public=False, person=True, called=source.called)
