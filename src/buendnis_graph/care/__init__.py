"""Care for the data: what has grown old, what has changed, what must go."""
