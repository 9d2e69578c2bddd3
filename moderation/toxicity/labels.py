"""The six labels that scorers speak, as the Jigsaw toxic comment data of 2018 names them."""

LABELS: tuple[str, ...] = ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")
