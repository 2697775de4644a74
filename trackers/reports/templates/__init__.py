"""The template of an evaluation report, and the script that makes it."""
