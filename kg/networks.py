"""Networks in ONNX: model folders checked against their manifest of hashes, sessions that are opened anew in a fork."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final

import onnxruntime

from kg.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import numpy.typing as npt

MANIFEST: Final = "manifest.json"

_CURE: Final = "reinstall the package, or fetch the model again from the repository"


def read_manifest(folder: Path, kind: str, format_: int, files: Iterable[str]) -> dict[str, str]:
    """Check every file of a model folder against its manifest; give the hashes.

    `kind` names the model in messages ("reading"). Raises ModelError if a file is missing, damaged, or of another
    format.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"no {kind} model in {folder}: {_CURE}") from error
    except ValueError as error:
        raise ModelError(f"the {kind} model's {path} is damaged: {_CURE}") from error
    if manifest.get("format") != format_:
        raise ModelError(
            f"the {kind} model in {folder} has format {manifest.get('format')}, this version of kg reads "
            f"{format_}: install the model and kg of the same version"
        )
    hashes: dict[str, str] = manifest["sha256"]
    for name in files:
        if name not in hashes or not (folder / name).is_file():
            raise ModelError(f"the {kind} model lacks {folder / name}: {_CURE}")
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != hashes[name]:
            raise ModelError(f"the {kind} model's {folder / name} is damaged (its hash is not the manifest's): {_CURE}")
    return hashes


class Sessions:
    """The networks of one folder, each opened when it is first run in a process."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Open nothing yet."""
        self._folder = folder
        self._threads = threads
        self._opened: dict[str, onnxruntime.InferenceSession] = {}
        self._process = 0

    def run(self, file: str, feed: Mapping[str, npt.NDArray[Any]]) -> list[Any]:
        """Give all outputs of a network for its inputs."""
        if self._process != os.getpid():
            # A session does not survive a fork.
            self._opened, self._process = {}, os.getpid()
        if file not in self._opened:
            self._opened[file] = self._open(file)
        outputs: list[Any] = self._opened[file].run(None, feed)
        return outputs

    def _open(self, file: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        # Windows differ in size: a pattern of memory for each would pile up.
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._folder / file), options, providers=["CPUExecutionProvider"])
