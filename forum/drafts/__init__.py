"""An administrator's draft of the policy: its form, what it would have changed, and putting it in force."""
