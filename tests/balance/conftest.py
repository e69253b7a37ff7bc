"""Make the modules that tests and benchmark share importable: balance_case, balance_trials and their like."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
