"""Reports in, statements out. Knows graph only; its one public entry point is `loaders.load`."""
