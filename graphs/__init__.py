"""The session-and-placeholder systems: `patch_cnn`, `lowlevel_cnn`, `layers_cnn`, `ocr_cnn` and `batchnorm_cnn`.

Each has `HParams`, `build`, `start`, `train`, `evaluate` and `predict`; `convolution` holds the convolutions by hand.
What else is a fact of one system stands in its module:

  CHECKPOINT_NAME: what its checkpoints are called before `-N`.
  UNIT: what a training is measured in, 'steps' or 'epochs'.
  EVALUATED_MEANWHILE: the part of the data that its document evaluates during training, and `train`'s argument for it;
    None for none.
  INFERENCE: names of the tensors of an inference.
  DRAWN_CHANNELS: how many channels of a layer are drawn; None for all.
  Standardiser: where images are standardised.
"""
