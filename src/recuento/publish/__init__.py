"""The public dossier: pages and open formats, by allow-list."""
