"""The default model: hierarchical attention over heartbeats."""
