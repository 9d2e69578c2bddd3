"""How likely a text is to hurt others: the scorers, and where their scores lead to a hold."""
