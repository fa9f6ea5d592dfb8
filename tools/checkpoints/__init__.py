"""Looking inside checkpoints, comparing two, and making new ones of them."""
