"""The rules of the check-up: one idea a file, in a folder for its group. See docs/checkup-rules/README.md."""
