"""Whether a training can end with an exported model; answered without loading PyTorch, which takes two seconds."""

from importlib.metadata import version


def ready(torch: str | None = None) -> None:
    """Fails where this PyTorch cannot export: before the training rather than after it.

    torch: its version; by default that of the one installed
    """
    if int((torch or version("torch")).split(".")[0]) >= 2:
        import onnx  # noqa: F401  PyTorch 2's exporter wants it
