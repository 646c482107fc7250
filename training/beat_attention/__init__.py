"""The default model: hierarchical attention over heartbeats (design.md, section 5)."""
