"""The graph over HTTP: SPARQL endpoint, query page, pages of all things as linked data. Read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.app import LOCAL_HOSTS, Limits, create_app
from kg.serve.worker import Place

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["LOCAL_HOSTS", "Limits", "Place", "create_app", "run"]


def run(app: Starlette, *, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn  # noqa: PLC0415 - needed by this alone

    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=30)
