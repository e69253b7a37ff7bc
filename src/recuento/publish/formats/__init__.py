"""The open formats of the dossier: what the pages show, for the tools people have."""
