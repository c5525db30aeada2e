"""The example counties' sheets, made again by `python -m tests.examples`. Every person, place and code is invented."""
