"""Take the pictures of the README from the example dossier, with Chromium.

python tools/screenshot.py DOSSIER docs/images
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

_HEIGHT = 1180


def main() -> None:
    """Open the event page in both languages and save what a first screen and a half shows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    given.target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for language in ("es", "en"):
            page = browser.new_page(viewport={"width": 1080, "height": _HEIGHT})
            found = next((given.dossier / language / "s").glob("*/index.html"))
            page.goto(found.resolve().as_uri())
            page.screenshot(path=given.target / f"event.{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
