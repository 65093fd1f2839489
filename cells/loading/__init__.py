"""Trained networks from the files of other frameworks: the table of gate orders, and one file for each format."""
