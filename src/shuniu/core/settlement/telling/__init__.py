"""How a figure came to be, as a tree a page can draw and a person can follow with a pocket calculator."""
