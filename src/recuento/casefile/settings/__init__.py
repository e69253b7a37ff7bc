"""recuento.toml: what an observatory names and asks for, one table a file."""
