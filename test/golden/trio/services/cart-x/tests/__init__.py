"""Run by `./run test cart-x`."""
