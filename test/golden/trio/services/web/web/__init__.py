"""The service web."""
