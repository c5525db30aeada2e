"""Why an export could not be made."""


class ExportFault(Exception):
    """Nothing was written; the message says why, in Chinese."""
