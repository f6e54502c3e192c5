"""``shuniu run``: one process that starts the database and the product's processes and restarts what falls."""
