"""Run by `./run test web`."""
