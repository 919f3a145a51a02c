"""What is timed: `make bench` runs it all and prints a table. Never part of the tests."""
