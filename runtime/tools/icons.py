"""Draw the icons of the web app again, from docs/assets/favicon.svg, by Chromium.

`python runtime/tools/icons.py` after a change of that drawing; the icons are kept, so
that a build needs no browser.
"""

from base64 import b64encode

from playwright.sync_api import sync_playwright

from runtime.bundle.bundle import ROOT
from runtime.tools.chromium import ensure_chromium

DRAWING = ROOT / "docs" / "assets" / "favicon.svg"
ICONS = ROOT / "docs" / "assets" / "icons"

# Name, pixels on a side, share that the drawing fills, background. A system may cut a
# maskable icon down to the circle in it, and Apple's shows black for transparent.
DRAWN = (
    ("180", 180, 0.8, "#fff"),
    ("192", 192, 1.0, "transparent"),
    ("512", 512, 1.0, "transparent"),
    ("maskable", 512, 0.7, "#fff"),
)


def main() -> None:
    """Write every icon."""
    ICONS.mkdir(exist_ok=True)
    source = f"data:image/svg+xml;base64,{b64encode(DRAWING.read_bytes()).decode()}"
    with sync_playwright() as playwright:
        path = str(ensure_chromium())
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        for name, side, share, background in DRAWN:
            page = browser.new_page(viewport={"width": side, "height": side})
            page.set_content(
                f'<body style="margin:0;background:{background};height:100vh;'
                f'display:grid;place-items:center">'
                f'<img src="{source}" style="width:{share:.0%}">'
            )
            page.screenshot(path=ICONS / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
