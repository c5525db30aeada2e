"""What the check-up tells: lines for a screen, JSON for a program, a page, a 体检单."""
