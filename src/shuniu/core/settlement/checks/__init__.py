"""What a person should know about a plan before it is published, one module per kind of doubt."""
