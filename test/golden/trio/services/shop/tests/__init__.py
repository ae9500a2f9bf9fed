"""Run by `./run test shop`."""
