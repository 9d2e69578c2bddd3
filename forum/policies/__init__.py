"""Guidelines, wordings, source notes and the policy, as the team keeps them, in versions."""
