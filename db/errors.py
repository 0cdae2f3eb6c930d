"""Failures that the desk can explain to the person in front of it."""


class DeskError(Exception):
    """Something that a person can be told in one sentence.

    `key` names the sentence in the catalogs (`db/texts`), `params` fill it in;
    `<key>` says what happened, what was kept and what to do.
    """

    def __init__(self, key: str, **params: object) -> None:
        self.key = key
        self.params = params
        super().__init__(f"{key} {params}" if params else key)


class StorageError(DeskError):
    """The database cannot be used as it is: missing, locked, corrupt, read-only, newer, full."""


class ConflictError(DeskError):
    """Somebody else changed the same thing first; what was typed is kept as a conflict or still on screen."""
