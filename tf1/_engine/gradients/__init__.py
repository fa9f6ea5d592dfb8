"""Gradients that build TF 1.15's nodes; `tf1._engine.gradient_nodes` registers them."""
