"""The version of Gongkai: one place, read by the package, the CLI and the server."""

VERSION = "0.1.0"
