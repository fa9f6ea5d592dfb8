"""The private path that programs import from."""
