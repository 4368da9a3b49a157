"""Links to other data: entities of a graph sent to a service of the Reconciliation API, good answers kept for review.

The protocol is that of the W3C community group (https://www.w3.org/community/reports/reconciliation/), which OpenRefine
speaks and Wikidata answers.
"""

from kg.reconcile.client import Candidate, Query, Service
from kg.reconcile.journal import Journal
from kg.reconcile.links import with_links
from kg.reconcile.scoring import Choice, choose
from kg.reconcile.working import Reconciled, Wanted, reconcile

__all__ = [
    "Candidate",
    "Choice",
    "Journal",
    "Query",
    "Reconciled",
    "Service",
    "Wanted",
    "choose",
    "reconcile",
    "with_links",
]
