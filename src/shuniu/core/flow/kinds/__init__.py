"""What happens when a token arrives at a node, one file per family of nodes."""
