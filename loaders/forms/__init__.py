"""The statutory tables: every value cell of the 2014, 2019 and 2021 forms as an observation.

`read_forms` is the way in. `sheets` and `stream` bring tables into one shape, whatever they look
like in the file; one module reads each table of the forms: `activities` (表2), `requests` (表3),
`remedies` (表4), `statistics` (2014 and the older local form), `open_tables` (all others).
"""

from .reader import FormReading, read_forms

__all__ = ["FormReading", "read_forms"]
