# Signing in, people and their rights.
