"""Data shipped with the package: lexicons, patterns, tables and the trained model."""
