"""The store on the command line: the records in force, their history, backup and restore."""

from __future__ import annotations

from capacity.commissioned import refuse_excess
from registry.additions import with_additions
from registry.registry import Registry
from store.book import Book
from store.home import records_path
from store.store import open_store
from store.take_over import take_over


def own_book(plans: Registry) -> Book:
    """The records in force, those of an earlier version taken in if they agree with the plans."""
    store = open_store()
    take_over(store, records_path(), check=lambda book: checked(plans, book))
    return store.book()


def checked(plans: Registry, book: Book) -> Registry:
    """The plans with a book's records; raises RecordsError with all faults."""
    return refuse_excess(with_additions(plans, book), book)
