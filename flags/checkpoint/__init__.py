"""`python -m flags.checkpoint`: looks into TF 1.x checkpoints and makes new ones of them."""
