"""Reads the weights and nodes of an ONNX file with nothing but NumPy: the counterpart of `onnx_writer.py`.

Training that goes on from a shipped model has to run where no `onnx` package is (Debian's PyTorch 1.13). Field numbers:
onnx/onnx.proto3 of ONNX 1.12 (IR version 8); wire types: protobuf.dev, "Encoding".
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

#: TensorProto.DataType of what weights are stored as, and the field for values that lie there one by one.
_TYPES = {1: (np.dtype("<f4"), 4), 7: (np.dtype("<i8"), 7), 11: (np.dtype("<f8"), 10)}


@dataclass(frozen=True)
class Node:
    operator: str
    inputs: list
    outputs: list


def read_graph(path) -> tuple:
    """Weights by name as arrays, and nodes in their order. Weights in a file of their own are not read."""
    graph = _fields(_fields(Path(path).read_bytes())[7][0])
    weights = dict(_tensor(_fields(one)) for one in graph.get(5, []))
    return weights, [_node(_fields(one)) for one in graph.get(1, [])]


def _node(message) -> Node:
    text = lambda field: [bytes(one).decode() for one in message.get(field, [])]
    return Node(text(4)[0], text(1), text(2))


def _tensor(message) -> tuple:
    name = bytes(message[8][0]).decode()
    shape = _integers(message.get(1, []))
    dtype, field = _TYPES.get(message.get(2, [0])[0], (None, None))
    if dtype is None or 13 in message:
        return name, None
    if 9 in message:
        return name, np.frombuffer(message[9][0], dtype).reshape(shape)
    values = message.get(field, [])
    if field == 7:
        return name, np.array(_integers(values), dtype).reshape(shape)
    return name, np.frombuffer(b"".join(bytes(one) for one in values), dtype).reshape(shape)


def _integers(values) -> list:
    """A repeated integer, packed or one by one."""
    found = []
    for value in values:
        if isinstance(value, int):
            found.append(value)
            continue
        at = 0
        while at < len(value):
            number, at = _varint(value, at)
            found.append(number)
    return [number - (1 << 64) if number >> 63 else number for number in found]


def _fields(data) -> dict:
    """One level of a message: values by field number, in their order."""
    data, at, found = memoryview(data), 0, {}
    while at < len(data):
        tag, at = _varint(data, at)
        wire = tag & 7
        if wire == 0:
            value, at = _varint(data, at)
        else:
            size = {1: 8, 5: 4}.get(wire)
            if wire == 2:
                size, at = _varint(data, at)
            if size is None or at + size > len(data):
                raise ValueError("it is not an ONNX file")
            value, at = data[at : at + size], at + size
        found.setdefault(tag >> 3, []).append(value)
    return found


def _varint(data, at: int) -> tuple:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
