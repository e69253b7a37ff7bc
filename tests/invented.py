"""An invented casefile: settings, claims and a note of a fire in a prison that does not exist."""

from __future__ import annotations

from datetime import UTC, datetime

AT = datetime(2031, 4, 2, 10, 0, tzinfo=UTC)

SETTINGS = """
[casefile]
name = "Valdeoscuro"

[dossier]
edition = 2031-04-30
texts = true
unreviewed = true

[parties.state]
es = "Autoridad"
en = "Authority"
mark = "square"

[parties.ngo]
es = "Organizaciones"
en = "Organisations"
mark = "triangle"

[parties.relatives]
es = "Familias"
en = "Families"
mark = "circle"
anonymous = true

[actors.warden]
name = "Elena Ruiz Prado"
party = "state"
role_es = "directora del penal"
role_en = "prison director"
public = true
person = true

[actors.observatory]
name = "Observatorio de Lares"
party = "ngo"
aliases = ["Lares Observatory", "ODL"]
public = true

[actors.relative]
name = "Zulmara Quindos"
party = "relatives"
aliases = ["a relative"]
called_es = "un familiar"
called_en = "a relative"
person = true

[facilities.valdeoscuro]
name = "Centro de Valdeoscuro"
aliases = ["Valdeoscuro"]
capacity = 300

[events.fire]
es = "El incendio de Valdeoscuro"
en = "The fire at Valdeoscuro"
facilities = ["valdeoscuro"]
starts = 2031-03-14
ends = 2031-03-18
headline = ["population", "unaccounted", "escaped", "died_inmates"]
"""

CLAIMS = """\
claim_id,event,facility,date_stated,as_of,claimant,party,measure,comparison,value_low,value_high,quantity_words
A1,fire,Valdeoscuro,2031-03-14,2031-03-13,Elena Ruiz Prado,state,population,eq,412,412,N
A2,fire,Valdeoscuro,2031-03-18,2031-03-18,Elena Ruiz Prado,state,transferred,eq,371,371,N
A3,fire,Valdeoscuro,2031-03-17,2031-03-17,Elena Ruiz Prado,state,died_inmates,eq,14,14,N
A4,fire,Valdeoscuro,2031-03-18,2031-03-18,Elena Ruiz Prado,state,recaptured,none,0,0,ninguno
A5,fire,Valdeoscuro,2031-03-18,2031-03-18,Elena Ruiz Prado,state,escaped,none,0,0,ninguno
A6,fire,Valdeoscuro,2031-03-18,2031-03-18,Elena Ruiz Prado,state,remaining,none,0,0,ninguno
A7,fire,Valdeoscuro,2031-03-18,2031-03-18,Elena Ruiz Prado,state,released,none,0,0,ninguno
B1,fire,Valdeoscuro,2031-03-24,2031-03-18,Observatorio de Lares,ngo,died_inmates,ge,21,,al menos N
C1,fire,Valdeoscuro,2031-03-16,2031-03-16,Zulmara Quindos,relatives,died_inmates,vague,,,muchos
"""

NOTE = """\
El Observatorio de Lares dijo que al menos 21 internos murieron en el incendio de Valdeoscuro y exigió al Gobierno la
lista de los trasladados.

La directora del penal, Elena Ruiz Prado, aseguró que 371 internos fueron trasladados a otros centros.
"""
