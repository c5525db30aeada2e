"""Speed of the project beside what one would otherwise use. Prints figures; no test is timed."""
