"""What one would otherwise use, as those who measured it wrote it."""
