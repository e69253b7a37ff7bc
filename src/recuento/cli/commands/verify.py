"""`recuento verify`: check originals, anchors, the custody log and its time stamps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from recuento.casefile.custody.block_headers import BlockHeader, header_of, read_headers
from recuento.casefile.custody.opentimestamps import ProofCheck, State
from recuento.casefile.custody.timestamps import StampCheck
from recuento.casefile.keeping.last_verified import allow_writing, forget_read, last_verified, note_verified
from recuento.casefile.keeping.verifying import Verification, verify
from recuento.cli.bilingual import command, language_of, option, say
from recuento.cli.options import casefile_option, json_option, opened
from recuento.cli.output import as_json as print_json
from recuento.cli.output import line, progress
from recuento.errors import CheckFailed


@command(
    "verify",
    es="""Comprueba originales, anclas y registro de custodia, y dice qué está mal y dónde.

Cada original contra su huella, cada ancla contra sus palabras, cada fila y cada edición publicada contra el asiento que
la registró, el registro contra sus puntos de control, y cada sello de tiempo contra el suyo.""",
    en="""Check originals, anchors and the custody log, and say what is wrong where.

Every original against its hash, every anchor against its words, every row and every published edition against the entry
that recorded it, the log against its checkpoints, and every time stamp against its own.""",
)
@option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    es="Un punto de control que otra persona guardó; puede repetirse.",
    en="A checkpoint that somebody else kept; may be repeated.",
)
@option(
    "--block-headers",
    "headers_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    es="Cabeceras de bloques de Bitcoin, una por línea en hexadecimal, de un nodo o explorador: se busca en ellas el "
    "final de cada prueba .ots.",
    en="Headers of Bitcoin blocks, one a line in hexadecimal, from a node or an explorer: the end of every .ots proof "
    "is looked for in them.",
)
@option(
    "--allow-writing",
    "in_spite",
    is_flag=True,
    es="Si el disco había fallado: permite volver a escribir aunque haya fallos, una vez vistos.",
    en="Where the disk had failed: let it be written to again in spite of faults, once you have looked at them.",
)
@casefile_option
@json_option
def run(kept: tuple[Path, ...], headers_file: Path | None, in_spite: bool, folder: Path | None, as_json: bool) -> None:
    """Check everything; ends with 3 where something does not stand."""
    headers = () if headers_file is None else read_headers(headers_file.read_text("utf-8"), headers_file.name)
    with opened(folder) as casefile, progress(say("Comprobando", "Checking")) as bar:
        before = last_verified(casefile)
        if casefile.is_stopped:
            forget_read(casefile)
        found = verify(casefile, progress=bar, kept=kept)
        was_stopped = allow_writing(casefile, found, in_spite=in_spite)
        still = casefile.is_stopped
        note_verified(casefile, found, datetime.now(UTC))
    if as_json:
        print_json(_plain(found, headers))
    else:
        _print(found, headers)
    if found.faults:
        number = len(found.faults)
        if still:
            raise CheckFailed(
                f"{number} faults found, so nothing is written to this casefile, whose disk failed. Put them right "
                "from a backup; or, once you have looked at them, recuento verify --allow-writing",
                f"{number} fallos encontrados, así que no se escribe en este caso, cuyo disco falló. Corríjalos con "
                "una copia de seguridad o, una vez vistos, recuento verify --allow-writing",
            )
        raise CheckFailed(f"{number} faults found", f"{number} fallos encontrados")
    if as_json:
        return
    line(say("Todo se sostiene.", "Everything stands."))
    if was_stopped:
        line(say(
            "El disco había fallado y no se escribía nada; ya se puede volver a escribir. Compare lo último que "
            "guardó con una copia de seguridad.",
            "The disk had failed and nothing was written; it can be written to again. Compare what was saved last "
            "with a backup.",
        ))  # fmt: skip
    if before is not None:
        when = f"{before.at:%Y-%m-%d %H:%M} UTC"
        line(say(f"La comprobación anterior fue el {when}.", f"It was verified before on {when}."))


def _plain(found: Verification, headers: tuple[BlockHeader, ...]) -> dict[str, object]:
    return {
        "originals": found.originals,
        "layers": found.layers,
        "anchors": found.anchors,
        "decisions": found.decisions,
        "log": found.log,
        "editions": found.editions,
        "checkpoints": found.checkpoints,
        "stamps": [
            {"name": one.name, "moment": one.moment and one.moment.isoformat(), "trusted": one.trusted}
            for one in found.stamps
        ],
        "pending": found.pending,
        "proofs": [
            {
                "name": one.name,
                "state": one.state.value,
                "blocks": [{"height": block.height, "merkle_root": block.root} for block in one.blocks],
                "calendars": list(one.calendars),
                "header": None if (end := header_of(one, headers)) is None else _plain_header(end),
            }
            for one in found.proofs
        ],
        "locked": found.locked,
        "unfinished": [{"place": one.place, "es": one.es, "en": one.en} for one in found.unfinished],
        "faults": [{"place": fault.place, "es": fault.es, "en": fault.en} for fault in found.faults],
    }


def _plain_header(header: BlockHeader) -> dict[str, object]:
    return {"hash": header.hash, "at": header.at.isoformat(), "difficulty": header.difficulty}


def _print(found: Verification, headers: tuple[BlockHeader, ...]) -> None:
    counts = (found.originals, found.layers, found.anchors, found.decisions)
    es, en = "{} originales, {} textos, {} anclas, {} decisiones", "{} originals, {} texts, {} anchors, {} decisions"
    line(say(es, en).format(*counts))
    if found.locked:
        es = f"{found.locked} originales cerrados, sin comprobar: recuento unlock"
        en = f"{found.locked} originals locked, not checked: recuento unlock"
        line(f"- {say(es, en)}", indent=2, hang=4)
    es, en = "{} asientos en el registro, {} puntos de control", "{} entries in the log, {} checkpoints"
    line(say(es, en).format(found.log, found.checkpoints))
    if found.editions:
        line(say("{} ediciones publicadas", "{} published editions").format(found.editions))
    for stamp in found.stamps:
        if stamp.moment is not None and not stamp.faults:
            line(f"- {stamp.name}: {_said_of(stamp)}", indent=2, hang=4)
    for proof in found.proofs:
        if not proof.faults:
            line(f"- {proof.name}: {_proved_by(proof, header_of(proof, headers))}", indent=2, hang=4)
    if found.checkpoints and not (found.stamps or found.pending or found.proofs):
        es = "- ningún sello de tiempo: nadie de fuera da fe de cuándo (recuento log checkpoint --tsa)"
        en = "- no time stamp: nobody outside vouches for when (recuento log checkpoint --tsa)"
        line(say(es, en), indent=2, hang=4)
    if found.pending:
        es, en = f"{found.pending} sellos de tiempo pendientes", f"{found.pending} time stamps pending"
        line(f"- {say(es, en)}: recuento log stamp", indent=2, hang=4)
    for one in found.unfinished:
        line(f"- {one.text(language_of())}", indent=2, hang=4)
    for fault in found.faults:
        line(f"✗ {fault.text(language_of())}", indent=2, hang=4)


def _proved_by(proof: ProofCheck, header: BlockHeader | None) -> str:
    if header is not None:
        when, work = f"{header.at:%Y-%m-%d %H:%M} UTC", f"{header.difficulty:.3g}"
        es = (
            f"termina en el bloque {header.hash}, con fecha {when} y el trabajo de {work} veces el primero; que está "
            "en la cadena de Bitcoin, compruébelo por esa huella"
        )
        en = (
            f"ends in block {header.hash}, dated {when}, with {work} times the work of the first; that it is in the "
            "chain of Bitcoin, look up by that hash"
        )
        return say(es, en)
    if proof.state is State.PENDING:
        asked = ", ".join(proof.calendars)
        return say(f"pendiente de {asked}: recuento log stamp --ots", f"pending at {asked}: recuento log stamp --ots")
    block = proof.blocks[0]
    es = f"anclado en el bloque {block.height} de Bitcoin si su raíz de Merkle es {block.root} (compárela)"
    en = f"anchored in block {block.height} of Bitcoin if its Merkle root is {block.root} (compare it)"
    return say(es, en)


def _said_of(stamp: StampCheck) -> str:
    when = f"{stamp.moment:%Y-%m-%d %H:%M} UTC"
    if stamp.trusted:
        return say(f"sellado el {when}", f"stamped on {when}")
    es = f"dice {when}; firma sin comprobar (falta el certificado en checkpoints/authorities/ o la orden openssl)"
    en = f"says {when}; signature not checked (no certificate in checkpoints/authorities/, or no openssl command)"
    return say(es, en)
