"""Linear state space models, in the components of a series and together."""
