"""Put the helpers beside the tests within reach: balance_case and balance_trials."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
