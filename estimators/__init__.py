"""Systems A1 to A4: MNIST classifiers as Estimator model functions, in the style of their document."""
