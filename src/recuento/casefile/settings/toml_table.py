"""One table of a TOML file, read key by key; what is wrong is noted with its place and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from recuento.errors import Fault, InvalidValue
from recuento.values.bilingual import Bilingual
from recuento.values.partial_date import PartialDate

T = TypeVar("T")


class Table:
    """The keys of a table, each taken once; `faults` collects what is missing, of the wrong type, or unknown."""

    def __init__(self, place: str, data: Any, faults: list[Fault]) -> None:
        self.place = place
        self.faults = faults
        self.taken: set[str] = set()
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.fault("must be a table", "debe ser una tabla")

    def fault(self, en: str, es: str) -> None:
        """Note what is wrong here."""
        self.faults.append(Fault(self.place, en, es))

    def guarded(self, read: Callable[[], T]) -> T | None:
        """What `read` gives, or None with its InvalidValue noted."""
        try:
            return read()
        except InvalidValue as error:
            self.fault(error.en, error.es)
            return None

    def text(self, key: str) -> str:
        """A text that must be there."""
        found = self.maybe(key)
        if not found:
            self.fault(f"needs {key}", f"necesita {key}")
        return found or ""

    def maybe(self, key: str) -> str | None:
        """A text that may be left out."""
        return self._typed(key, str, "a text", "un texto")

    def flag(self, key: str) -> bool:
        """True or false; false where it is left out."""
        return bool(self._typed(key, bool, "true or false", "true o false"))

    def whole(self, key: str, default: int) -> int:
        """A whole number, `default` where it is left out."""
        found = self._typed(key, int, "a whole number", "un número entero")
        return default if found is None else found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where it is left out."""
        found = self._typed(key, list, "a list of texts", "una lista de textos")
        if found is not None and not all(isinstance(item, str) for item in found):
            self.fault(f"{key} must be a list of texts", f"{key} debe ser una lista de textos")
            return ()
        return tuple(found or ())

    def day(self, key: str) -> date | None:
        """A TOML date."""
        found = self._typed(key, date, "a date such as 2024-11-20", "una fecha como 2024-11-20")
        return found.date() if isinstance(found, datetime) else found

    def partial_date(self, key: str, *, required: bool = True) -> PartialDate | None:
        """A TOML date, or a text such as "2023-09"."""
        self.taken.add(key)
        found = self.data.get(key)
        if found is None:
            if required:
                self.fault(f"needs {key}", f"necesita {key}")
            return None
        if isinstance(found, datetime):
            found = found.date()
        return self.guarded(lambda: PartialDate.of(found) if isinstance(found, date) else PartialDate.parse(str(found)))

    def bilingual(self, prefix: str, default: Bilingual | None = None) -> Bilingual:
        """The texts `prefix_es` and `prefix_en` (`es` and `en` without prefix)."""
        found = self.maybe_bilingual(prefix)
        if found is None and default is None:
            keys = " and ".join(self._keys(prefix))
            self.fault(f"needs {keys}", f"necesita {keys.replace(' and ', ' y ')}")
        return found or default or Bilingual.same("")

    def maybe_bilingual(self, prefix: str) -> Bilingual | None:
        """The same, or None where neither is there; one alone serves both."""
        es, en = (self.maybe(key) for key in self._keys(prefix))
        if es is None and en is None:
            return None
        return Bilingual(es=es or en or "", en=en or es or "")

    def remaining_whole_numbers(self) -> tuple[tuple[str, int], ...]:
        """Every key that was not taken yet, which must hold a whole number."""
        keys = [key for key in self.data if key not in self.taken]
        found = [(key, self._typed(key, int, "a whole number", "un número entero")) for key in keys]
        return tuple((key, number) for key, number in found if number is not None)

    def nothing_else(self) -> None:
        """Note every key that nobody took."""
        for key in sorted(self.data.keys() - self.taken):
            self.fault(f"unknown key {key!r}", f"clave desconocida {key!r}")

    def _keys(self, prefix: str) -> tuple[str, str]:
        return (f"{prefix}_es", f"{prefix}_en") if prefix else ("es", "en")

    def _typed(self, key: str, kind: type[T], en: str, es: str) -> T | None:
        self.taken.add(key)
        found = self.data.get(key)
        if found is None:
            return None
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.fault(f"{key} must be {en}", f"{key} debe ser {es}")
            return None
        return found
