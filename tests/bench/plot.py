"""Draws figures as bars, in an SVG that reads on light and on dark paper."""

from collections.abc import Mapping
from html import escape

WIDTH, LABEL, BAR, GAP, TOP = 640, 170, 22, 10, 46
ROOM_FOR_FIGURE = 90
INK, BARS = "#57655f", "#1f6a63"


def bars(title: str, figures: Mapping[str, float], unit: str) -> str:
    """Return one bar for each figure, from nothing to the greatest, with its name and its number."""
    greatest = max(figures.values())
    scale = (WIDTH - LABEL - ROOM_FOR_FIGURE) / greatest
    height = TOP + len(figures) * (BAR + GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="14" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<text x="0" y="20" font-size="16">{escape(title)}</text>',
    ]
    for row, (name, figure) in enumerate(figures.items()):
        top = TOP + row * (BAR + GAP)
        middle = top + BAR * 0.7
        wide = max(1.0, figure * scale)
        lines += [
            f'<text x="0" y="{middle:.0f}">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{top}" width="{wide:.0f}" height="{BAR}" rx="3" fill="{BARS}"/>',
            f'<text x="{LABEL + wide + 8:.0f}" y="{middle:.0f}">{figure:.1f} {escape(unit)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
