"""The service on a developer's machine."""
