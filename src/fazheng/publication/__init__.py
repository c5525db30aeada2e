"""公示: what acts owe the public and by when, what their records hold, packages for upper platforms. Reads only."""
