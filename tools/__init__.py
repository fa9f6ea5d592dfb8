"""For a person beside a trained model: checkpoints, figures, reports, and the writers of golden files."""
