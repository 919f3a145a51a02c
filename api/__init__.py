"""GraphQL over Starlette and the command line. Knows graph and, for reading files, loaders.load."""
