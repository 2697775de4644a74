"""Frames to what a page shows: pure functions, no input or output, no Streamlit."""
