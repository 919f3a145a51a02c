"""How well reports are read, measured against gold that people wrote: `make evaluate`."""
