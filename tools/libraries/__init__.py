"""Libraries of the TF 1 era, each with a small main job: `python -m tools.libraries`."""
