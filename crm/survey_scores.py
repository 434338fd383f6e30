"""What answers to a survey come to: a figure and the interval in which it truly lies with a chance of 95 %.

Few answers make a wide interval: that is the point of showing it. Sources: Wilson, "Probable Inference, the Law of
Succession, and Statistical Inference", JASA 22 (1927), for shares; Rocks, "Interval Estimation for the Net Promoter
Score", The American Statistician 70 (2016), for NPS; Student's t for means.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Z: Final = 1.959963984540054
"""The normal distribution's quantile that leaves 2.5 % above."""
GOOD: Final = {"csat": 4, "ces": 5}
"""The scores from here up are satisfied people: the two best stars of five, and "easy" of any degree."""

Unit = Literal["nps", "share", "mean"]


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` between `low` and `high`: NPS from -100 to 100, a share in per cent, or a mean on the survey's own scale.
    `mean` is of the bare scores."""

    unit: Unit
    answers: int
    value: float
    low: float
    high: float
    mean: float


def figure(kind: str, counts: Mapping[int, int], scores: range) -> Figure | None:
    """What so many of each score come to; None without an answer. NPS is the share of promoters (9, 10) less that of
    detractors (0 to 6); CSAT and CES are shares of the satisfied; own scores a mean."""
    answers = sum(counts.values())
    if not answers:
        return None
    mean = sum(score * count for score, count in counts.items()) / answers
    if kind == "nps":
        promoters = sum(count for score, count in counts.items() if score >= 9)
        detractors = sum(count for score, count in counts.items() if score <= 6)
        value, low, high = net_promoters(promoters, detractors, answers)
        return Figure("nps", answers, value, low, high, mean)
    if kind in GOOD:
        good = sum(count for score, count in counts.items() if score >= GOOD[kind])
        value, low, high = share(good, answers)
        return Figure("share", answers, value, low, high, mean)
    low, high = mean_interval(counts)
    return Figure(
        "mean", answers, mean, max(low, scores[0] if scores else low), min(high, scores[-1] if scores else high), mean
    )


def net_promoters(promoters: int, detractors: int, answers: int) -> tuple[float, float, float]:
    """NPS and its interval: the normal approximation of a difference of two shares of one multinomial, after Rocks's
    adjustment, which adds three made-up answers (three quarters of a promoter and of a detractor each), so that it holds
    for few answers too."""
    value = 100 * (promoters - detractors) / answers
    whole = answers + 3
    up, down = (promoters + 0.75) / whole, (detractors + 0.75) / whole
    middle, width = up - down, Z * math.sqrt((up + down - (up - down) ** 2) / whole)
    # The adjusted middle is nearer to nought than the value, which of few answers may so lie outside.
    low, high = max(100 * (middle - width), -100.0), min(100 * (middle + width), 100.0)
    return value, min(low, value), max(high, value)


def share(good: int, answers: int) -> tuple[float, float, float]:
    """A share in per cent and Wilson's interval of it."""
    p, square = good / answers, Z * Z
    middle = (p + square / (2 * answers)) / (1 + square / answers)
    width = Z / (1 + square / answers) * math.sqrt(p * (1 - p) / answers + square / (4 * answers * answers))
    return 100 * p, 100 * max(middle - width, 0.0), 100 * min(middle + width, 1.0)


def mean_interval(counts: Mapping[int, int]) -> tuple[float, float]:
    """Student's interval of a mean; of a single answer nothing is known."""
    answers = sum(counts.values())
    mean = sum(score * count for score, count in counts.items()) / answers
    if answers < 2:
        return -math.inf, math.inf
    variance = sum(count * (score - mean) ** 2 for score, count in counts.items()) / (answers - 1)
    width = student(answers - 1) * math.sqrt(variance / answers)
    return mean - width, mean + width


def student(freedom: int) -> float:
    """The quantile of Student's distribution that leaves 2.5 % above. Exact for one and two degrees of freedom, else the
    expansion of Abramowitz and Stegun, 26.7.5, whose error is below 0.01 from three on."""
    if freedom == 1:
        return math.tan(math.pi * 0.475)
    if freedom == 2:
        return 0.95 * math.sqrt(2 / (1 - 0.95**2))
    z, v = Z, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
