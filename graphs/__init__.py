"""The session-and-placeholder systems: `patch_cnn`, `lowlevel_cnn`, `layers_cnn`, `ocr_cnn` and `batchnorm_cnn`.

Each has `HParams`, `build`, `start`, `train`, `evaluate` and `predict`; `convolution` holds the convolutions by hand.
"""
