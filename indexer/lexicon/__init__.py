"""The words and names of an archive, and how often each stands there, as arrays: what engines have in common."""
