"""Running checks: files loaded, collected by pytest, and run against a session."""
