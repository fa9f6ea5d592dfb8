"""Checkpoints and event files, whichever model wrote them: finding, reading, comparing, and making new ones of them."""
