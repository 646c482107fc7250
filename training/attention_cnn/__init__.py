"""The reference network: two convolutions, multi-head self-attention over 900 tokens, two linear layers."""
