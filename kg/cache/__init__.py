"""What builds keep between runs: the reading and the extraction of each article, under a key of all they depend on.

A cache changes times, never bytes: what is absent, damaged or of another version is made anew, and said to be.
"""

from kg.cache.codec import decode_extraction, encode_extraction
from kg.cache.grounds import Answers, Grounds, decode_grounded, encode_grounded
from kg.cache.keys import Keys, digest_of_code, digest_of_files
from kg.cache.place import CACHE_VARIABLE, cache_folder, clean
from kg.cache.store import Store, open_store, remove_store

__all__ = [
    "CACHE_VARIABLE",
    "Answers",
    "Grounds",
    "Keys",
    "Store",
    "cache_folder",
    "clean",
    "decode_extraction",
    "decode_grounded",
    "digest_of_code",
    "digest_of_files",
    "encode_extraction",
    "encode_grounded",
    "open_store",
    "remove_store",
]
