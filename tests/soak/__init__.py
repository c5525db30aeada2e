"""Long checks, run by hand: `python -m tests.soak` writes what it did and found to docs/soak.md."""
