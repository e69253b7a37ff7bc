"""The recuento.toml of a new casefile: the usual parties, and examples to fill in."""

SETTINGS_TEMPLATE = """# Caso de Recuento / Recuento casefile. Referencia / reference: docs/casefile.md

[casefile]
name = "NAME"
languages = ["es", "en"]

[dossier]
# edition = 2024-11-20            # fecha de la edición / date of the edition
# address = "https://..."         # dirección pública / public address
texts = false                     # publicar textos completos / publish whole texts
unreviewed = false                # publicar lo no revisado / publish what nobody reviewed

[parties.government]
es = "Gobierno"
en = "Government"
mark = "square"

[parties.relatives]
es = "Familiares"
en = "Relatives"
mark = "circle"
anonymous = true

[parties.ngo]
es = "Organizaciones"
en = "Organisations"
mark = "triangle"

[parties.press]
es = "Prensa"
en = "Press"
mark = "cross"

[parties.anonymous]
es = "Fuentes reservadas"
en = "Unnamed sources"
mark = "pentagon"
anonymous = true

# [actors.interior_minister]
# name = "..."
# party = "government"
# aliases = []
# role_es = "ministro del Interior"
# role_en = "interior minister"
# public = true
# person = true

# [facilities.my_prison]
# name = "..."
# aliases = []
# capacity = 750

# [events.my_event]
# es = "..."
# en = "..."
# facilities = ["my_prison"]
# starts = 2023-09-20
# ends = 2023-09-23
# headline = ["population", "unaccounted", "escaped", "died"]
"""
