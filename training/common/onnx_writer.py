"""Writes ONNX files with nothing but the standard library and NumPy.

Training has to run where no `onnx` package is (Debian's PyTorch 1.13), and the scan graph uses an operator
that `torch.onnx` does not emit, so graphs are written here, field by field, as protocol buffers. Field
numbers: onnx/onnx.proto3 of ONNX 1.12 (IR version 8).
"""

import struct
from pathlib import Path

import numpy as np

IR_VERSION = 8
OPSET = 17
_ELEMENT_TYPES = {"float32": 1, "int64": 7, "float16": 10}


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _integer(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _data(field: int, value) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _entry(field: int, key: str, value: str) -> bytes:
    return _data(field, _data(1, key) + _data(2, value))


def _attribute(name: str, value) -> bytes:
    if isinstance(value, float):
        return _data(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _integer(20, 1)
    if isinstance(value, int):
        return _data(1, name) + _integer(3, value) + _integer(20, 2)
    if isinstance(value, str):
        return _data(1, name) + _data(4, value) + _integer(20, 3)
    if isinstance(value, Graph):
        return _data(1, name) + _data(6, value.body()) + _integer(20, 5)
    if all(isinstance(item, int) for item in value):
        return _data(1, name) + b"".join(_integer(8, item) for item in value) + _integer(20, 7)
    raise TypeError(f"attribute {name}: {value!r}")


class SharedWeights:
    """A file of raw tensors that several graphs refer to, so that large weights are stored once."""

    def __init__(self, name: str):
        self.name = name
        self.data = bytearray()
        self.places = {}

    def add(self, name: str, values: np.ndarray) -> tuple:
        """Offset and length in bytes of a tensor; a tensor added twice under a name is stored once."""
        if name not in self.places:
            # Page-aligned, so that a runtime may map the file into memory.
            self.data.extend(bytes(-len(self.data) % 4096))
            raw = values.tobytes()
            self.places[name] = (len(self.data), len(raw))
            self.data.extend(raw)
        return self.places[name]

    def write(self, folder) -> None:
        (Path(folder) / self.name).write_bytes(bytes(self.data))


class Graph:
    """Collects nodes and constants of one graph. Values are referred to by name."""

    def __init__(self, name: str):
        self.name = name
        self._nodes, self._constants, self._inputs, self._outputs = [], [], [], []
        self._domains = {"": OPSET}
        self._known = set()

    def input(self, name: str, shape) -> str:
        self._inputs.append(_value_info(name, shape))
        return name

    def output(self, name: str, shape) -> None:
        self._outputs.append(_value_info(name, shape))

    def constant(self, name: str, values, shared: SharedWeights = None) -> str:
        """A named constant, stored in the file itself or, where given, among the shared weights."""
        if name in self._known:
            return name
        self._known.add(name)
        values = np.asarray(values)
        tensor = b"".join(_integer(1, size) for size in values.shape)
        tensor += _integer(2, _ELEMENT_TYPES[values.dtype.name]) + _data(8, name)
        if shared is None:
            tensor += _data(9, values.tobytes())
        else:
            offset, length = shared.add(name, values)
            tensor += _entry(13, "location", shared.name)
            tensor += _entry(13, "offset", str(offset)) + _entry(13, "length", str(length))
            tensor += _integer(14, 1)
        self._constants.append(tensor)
        return name

    def node(self, operator: str, inputs, output, domain: str = "", **attributes):
        """Adds a node, named after its first output, and returns its output or outputs.

        output: a name, or a list of names. An attribute may be a Graph, the body of Scan.
        """
        if domain:
            self._domains[domain] = 1
        for value in attributes.values():
            if isinstance(value, Graph):
                self._domains.update(value._domains)
        outputs = [output] if isinstance(output, str) else output
        node = b"".join(_data(1, name) for name in inputs)
        node += b"".join(_data(2, name) for name in outputs) + _data(3, outputs[0])
        node += _data(4, operator)
        node += b"".join(_data(5, _attribute(name, value)) for name, value in attributes.items())
        if domain:
            node += _data(7, domain)
        self._nodes.append(node)
        return output

    def body(self) -> bytes:
        """The graph as a GraphProto."""
        graph = b"".join(_data(1, node) for node in self._nodes) + _data(2, self.name)
        graph += b"".join(_data(5, tensor) for tensor in self._constants)
        graph += b"".join(_data(11, value) for value in self._inputs)
        return graph + b"".join(_data(12, value) for value in self._outputs)

    def write(self, path, metadata: dict) -> None:
        """Writes the model. metadata: key to text; lands in the file's metadata_props."""
        model = _integer(1, IR_VERSION) + _data(2, "fiducial") + _data(7, self.body())
        for domain, version in self._domains.items():
            model += _data(8, _data(1, domain) + _integer(2, version))
        for key, value in metadata.items():
            model += _entry(14, key, value)
        Path(path).write_bytes(model)


def _value_info(name: str, shape) -> bytes:
    """shape: sizes, or names for sizes that vary."""
    dims = b"".join(
        _data(1, _data(2, size) if isinstance(size, str) else _integer(1, size)) for size in shape
    )
    tensor_type = _integer(1, _ELEMENT_TYPES["float32"]) + _data(2, dims)
    return _data(1, name) + _data(2, _data(1, tensor_type))
