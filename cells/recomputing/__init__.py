"""Code that computes the numbers of a run again, and prints how far it is from them."""
