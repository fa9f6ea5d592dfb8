"""What exports were made of."""
