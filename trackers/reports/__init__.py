"""Evaluation reports: contents first, then docx, xlsx and html."""
