"""How progress is judged: pure functions of numbers and frames, no I/O."""
