"""What exports share: networks as ONNX with int8 weights, and model folders that are never half."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from kg.networks import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor, nn

Axes = dict[str, dict[int, str]]
"""Names of inputs or outputs, each with the names of those of its axes that may be of any length."""

# Version of the operators of ONNX that networks are written in.
_OPSET = 17


@dataclass(frozen=True, slots=True)
class Signature:
    """What a network maps to what: names with axes of any length, and an example to trace it with."""

    inputs: Axes
    outputs: Axes
    example: tuple[Tensor, ...]


def write_network(network: nn.Module, signature: Signature, path: Path, *, quantised: bool = True) -> None:
    """Write a network as ONNX, products and tables in int8 unless told otherwise.

    Weights are quantised per channel and to 7 bits (`reduce_range`): with 8, processors without VNNI saturate.
    """
    inputs, outputs = signature.inputs, signature.outputs
    with tempfile.TemporaryDirectory() as folder:
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        torch.onnx.export(
            network, signature.example, str(plain), input_names=list(inputs), output_names=list(outputs),
            dynamic_axes={**inputs, **outputs}, opset_version=_OPSET, dynamo=False,
        )  # fmt: skip
        if not quantised:
            shutil.copyfile(plain, path)
            return
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared), str(path), op_types_to_quantize=["MatMul", "Gemm", "Gather"], per_channel=True,
            weight_type=QuantType.QInt8, reduce_range=True,
            # of tensors whose type shape inference does not tell
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip


@contextmanager
def model_folder(out: Path, format_: int, files: Sequence[str]) -> Iterator[Path]:
    """Give a folder to write a model's files to; complete and with a manifest, they replace those of `out`."""
    aside = out.with_name(out.name + ".part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    yield aside
    write_manifest(aside, format_, files)
    out.mkdir(parents=True, exist_ok=True)
    for name in (*files, MANIFEST):
        (aside / name).replace(out / name)
    aside.rmdir()


def write_manifest(folder: Path, format_: int, files: Sequence[str]) -> None:
    """Write the hashes of a model's files beside them."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(files)}
    write_document(folder / MANIFEST, {"format": format_, "sha256": hashes})


def write_document(path: Path, value: object) -> None:
    """Write one of a model's small files as JSON."""
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
