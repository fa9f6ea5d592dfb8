"""What TensorBoard's plugins show of a trained classifier, written into its model_dir."""
