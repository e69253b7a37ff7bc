"""Lets the tests of this folder import what they share, wherever they are run from."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
