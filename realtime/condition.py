"""How a backplane is at the moment: what the doctor tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """What kind it is, and whether it carries; while it does not, `fault` is the type of the last error."""

    kind: str
    answers: bool
    fault: str | None = None
