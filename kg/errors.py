"""The error tree of kg: the library raises these, only the command line prints them.

    KgError
    +-- UsageError        wrong arguments, missing or empty inputs
    +-- ConfigError       kg.toml does not say what it should
    +-- OntologyError     the ontology does not compile
    +-- ArticleError      one article cannot be read (a build goes on without it)
    +-- ModelError        the reading model is missing, damaged or of the wrong kind
    +-- QueryError        a SPARQL query is malformed, forbidden or out of time
    +-- OutputError       outputs are missing, torn, of another build, or cannot be written
    +-- ServiceError      a service on the network does not answer, or not as its protocol says

Every message says what is wrong, where (file, line or IRI), and what to do about it.
"""


class KgError(Exception):
    """Base of every error that kg raises on purpose."""


class UsageError(KgError):
    """Wrong arguments, or inputs that are missing or empty."""


class ConfigError(KgError):
    """`kg.toml` is malformed or names an unknown setting."""


class OntologyError(KgError):
    """The ontology has a syntax error, an unknown term or a broken example."""


class ArticleError(KgError):
    """One article cannot be read; its message is the reason that reports show."""


class ModelError(KgError):
    """The reading model is missing, damaged or not of Universal Dependencies."""


class QueryError(KgError):
    """A SPARQL query is malformed, not allowed, or takes too long."""


class OutputError(KgError):
    """Outputs are missing, torn, mixed from two builds, or cannot be written."""


class ServiceError(KgError):
    """A service on the network does not answer, or not as its protocol says."""
