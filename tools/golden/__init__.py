"""Writers of golden files, to be run under TF 1.15.5, and what compares with them."""
