"""The steps that bring a database to the shape of `store.tables`, run by alembic."""
