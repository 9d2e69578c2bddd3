"""The one door: what members say, judged, kept in order and shown."""
