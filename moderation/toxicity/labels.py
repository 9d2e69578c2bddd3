"""The labels that scorers speak: six of unkindness, as the Jigsaw data of 2018 names them, and ours."""

LABELS: tuple[str, ...] = ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")
"""What every scorer should know."""
OWN_LABELS: tuple[str, ...] = (
    "care",
    "claim",
    "sourcing",
    "spam",
    "own_details",
    "others_details",
    "stigma",
)
"""What models of ours know besides: somebody may be in danger, health advice that can harm, drugs bought or
sold, promotion, the author's and other people's personal details, words about others that carry stigma."""
ALL_LABELS = LABELS + OWN_LABELS
