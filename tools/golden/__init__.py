"""Writers of the golden files in `tests/golden`; each runs under the TensorFlow that it names."""
