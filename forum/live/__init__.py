"""The websocket: who may open it, what it hears, and what it is told."""
