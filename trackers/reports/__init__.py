"""Evaluation reports: contents first, then docx and xlsx."""
