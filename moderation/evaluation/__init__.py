"""What the judgement is worth: a corpus of our own messages, how each is answered, and the figures of it."""
