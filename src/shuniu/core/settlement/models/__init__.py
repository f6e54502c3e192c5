"""One module per model of the plan document: what an input is worth, and the same told step by step."""
