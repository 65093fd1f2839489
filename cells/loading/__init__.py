"""Trained networks from files of other frameworks: the table of gate orders, one module for each format."""
