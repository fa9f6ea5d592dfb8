"""Small trainings under a graph's seed alone; each function returns its losses, step by step, under TF 1.15 and tf1."""
