"""Helpers that every model's training shares: tensors, folds, metrics, checkpoints, ONNX writing."""
