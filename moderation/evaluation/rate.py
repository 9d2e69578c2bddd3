"""So many of so many, and how sure that is."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""The quantile of the normal distribution for 95 % on both sides."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A count of a number of cases."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % confidence interval by Wilson's score, from 0 to 1; None of nothing.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927),
        209-212; for few cases recommended by L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for
        a binomial proportion", Statistical Science 16 (2001), 101-133.
        """
        if not self.of:
            return None
        share, square = self.count / self.of, Z * Z / self.of
        middle = share + square / 2
        reach = Z * sqrt((share * (1 - share) + square / 4) / self.of)
        return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))

    def as_json(self) -> dict[str, object]:
        """Return plain values; None where there is no figure."""
        return {"count": self.count, "of": self.of, "value": self.value, "interval": self.interval}


def share(told: list[bool]) -> Rate:
    """Return how many of these are so."""
    return Rate(sum(told), len(told))
