"""The nine systems under one face: load, evaluate, predict, draw. Reads no flags."""
