"""Pictures: drawn by a process of their own (`python -m views.charts OUT < JSON`), because the library that draws takes
half a second and a hundred megabytes to load.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

SIDE: Final = 5
_DARK: Final = "#1c2733"
_COLOURS: Final = ("#eef2f6", "#2f80c3")
"""From an empty cell to the fullest."""


def ink_on(ground: Sequence[float]) -> str:
    """Dark or white, whichever stands out more from this ground (red, green, blue from 0 to 1), by the contrast of the
    Web Content Accessibility Guidelines."""

    def light(colour: Sequence[float]) -> float:
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3])
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark = light([int(_DARK[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    below = light(ground)
    return "white" if 1.05 / (below + 0.05) > (below + 0.05) / (dark + 0.05) else _DARK


def rfm_grid(chart: dict[str, Any], out: Path) -> None:
    """A grid of R × FM. `cells` is a list of [recency, fm, count, lines], both scores 1 to 5; `lines` is what to write
    into the cell. Shaded by the share of the buyers."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure
    from matplotlib.patches import FancyBboxPatch

    figure = Figure(figsize=(10, 8.4), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.07, 0.08, 0.91, 0.83))
    shades = LinearSegmentedColormap.from_list("shades", _COLOURS)
    most = max((count for _, _, count, _ in chart["cells"]), default=1) or 1
    for recency, fm, count, lines in chart["cells"]:
        share = (count / most) ** 0.5  # by area, as the eye compares
        box = FancyBboxPatch(
            (fm - 0.97, recency - 0.97), 0.94, 0.94, boxstyle="round,pad=0,rounding_size=0.06", linewidth=0,
            facecolor=shades(share),
        )  # fmt: skip
        axes.add_patch(box)
        ink = ink_on(shades(share))
        axes.text(fm - 0.5, recency - 0.5, "\n".join(lines), ha="center", va="center", color=ink, fontsize=10.5)
    axes.set_xlim(0, SIDE)
    axes.set_ylim(0, SIDE)
    for axis, label in ((axes.xaxis, chart["across"]), (axes.yaxis, chart["up"])):
        axis.set_ticks([n + 0.5 for n in range(SIDE)], [str(n + 1) for n in range(SIDE)])
        axis.set_label_text(label, fontsize=11)
        axis.set_tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    figure.text(0.07, 0.945, chart["title"], fontsize=16, fontweight="bold", color=_DARK)
    figure.savefig(out, format="png")


_BANDS: Final = {"low": "#d9534f", "middle": "#e8b04a", "high": "#3a9d5d", "none": "#2f80c3"}


def survey(chart: dict[str, Any], out: Path) -> None:
    """Bars of scores beside the trend. `bars` is a list of [label, count, band], `trend` of [label, value, low, high],
    the oldest first; `span` is what the values can be."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 5.2), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    bars, trend = chart["bars"], chart["trend"]
    left = figure.add_axes((0.06, 0.12, 0.4 if trend else 0.9, 0.68))
    counts = [count for _, count, _ in bars]
    places = range(len(bars))
    left.bar(places, counts, color=[_BANDS[band] for *_, band in bars], width=0.78)
    for place, count in zip(places, counts, strict=True):
        left.text(place, count, str(count) if count else "", ha="center", va="bottom", fontsize=10, color=_DARK)
    left.set_xticks(list(places), [label for label, *_ in bars])
    left.set_title(chart["across"], fontsize=11, loc="left", color=_DARK)
    left.set_yticks([])
    panes = [left]
    if trend:
        right = figure.add_axes((0.54, 0.2, 0.43, 0.6))
        values = [value for _, value, _, _ in trend]
        around = [[value - low for _, value, low, _ in trend], [high - value for _, value, _, high in trend]]
        right.errorbar(
            range(len(trend)), values, yerr=around, color=_BANDS["none"], ecolor="#b9c7d6", capsize=3, marker="o"
        )
        right.set_xticks(range(len(trend)), [label for label, *_ in trend], rotation=35, ha="right", fontsize=9)
        right.set_ylim(*chart["span"])
        right.grid(axis="y", color="#eef2f6")
        right.set_title(chart["over_time"], fontsize=11, loc="left", color=_DARK)
        panes.append(right)
    for pane in panes:
        for side in ("top", "right", "left"):
            pane.spines[side].set_visible(False)
        pane.tick_params(length=0)
    figure.text(0.06, 0.92, chart["title"], fontsize=15, fontweight="bold", color=_DARK)
    figure.text(0.06, 0.865, chart["figure"], fontsize=11, color="#52606d")
    figure.savefig(out, format="png")


_SERIES: Final = ("#2f80c3", "#e8b04a", "#3a9d5d", "#8e6bbf", "#d9534f", "#52606d")


def campaign(chart: dict[str, Any], out: Path) -> None:
    """How many were sent it, pressed, answered, bought, want no more: `steps` are the names, `series` a list of [name,
    counts] for each variant. Bars are shares of who was sent it; the figures are people."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 5.6), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.06, 0.1, 0.91, 0.72))
    width = 0.8 / max(len(chart["series"]), 1)
    for place, (name, counts) in enumerate(chart["series"]):
        sent = counts[0] or 1
        at = [step - 0.4 + width * (place + 0.5) for step in range(len(counts))]
        shares = [100 * count / sent for count in counts]
        axes.bar(at, shares, width * 0.92, color=_SERIES[place % len(_SERIES)], label=name)
        for x, share, count in zip(at, shares, counts, strict=True):
            axes.text(x, share + 1, f"{count:,}".replace(",", " "), ha="center", va="bottom", fontsize=9.5)
    axes.set_xticks(range(len(chart["steps"])), chart["steps"], fontsize=10.5)
    axes.set_yticks([])
    axes.set_ylim(0, 112)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    if len(chart["series"]) > 1:
        axes.legend(frameon=False, fontsize=10)
    figure.text(0.06, 0.92, chart["title"], fontsize=15, fontweight="bold", color=_DARK)
    figure.text(0.06, 0.865, chart["figure"], fontsize=11, color="#52606d")
    figure.savefig(out, format="png")


KINDS: Final = {"rfm": rfm_grid, "survey": survey, "campaign": campaign}


def main() -> None:
    chart = json.load(sys.stdin)
    KINDS[chart["kind"]](chart, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
