"""Recurrent layers of a live PyTorch or Keras model; neither framework is imported."""
