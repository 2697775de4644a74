"""A plan document's text: numbers found again at the place a plan records."""
