"""Frames to figures: pure functions, no input or output, no Streamlit."""
