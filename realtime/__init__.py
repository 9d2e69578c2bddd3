"""The carrier: frames, connections and the backplane between them; it knows nothing of what is said."""
