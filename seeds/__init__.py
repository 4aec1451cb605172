"""What the plans say: models, quantities, the loader, and one YAML file per document."""
