"""What ready-made Estimators were made of."""
