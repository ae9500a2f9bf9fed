"""The service in production: everything comes from the environment."""
