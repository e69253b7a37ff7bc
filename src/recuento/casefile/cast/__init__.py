"""The cast of a casefile: adding actors, facilities and events to what recuento.toml names."""
