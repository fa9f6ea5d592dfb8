"""Estimators that are ready to use, and the heads that turn logits into losses, predictions and metrics."""
