"""One module per kind of component: what an input, or inputs that belong together, add to whose bucket."""
