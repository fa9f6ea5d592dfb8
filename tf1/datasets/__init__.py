"""Data sets that ship with the package, and readers for their file formats."""
