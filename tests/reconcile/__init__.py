"""Reconciliation against services on this machine."""
