"""Skips a test where Spark cannot run."""

from __future__ import annotations

import os
import shutil

import pytest


def needs_spark() -> None:
    """Skip with a reason where pyspark or Java is not installed."""
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java 17, and there is none")
