"""How progress is judged: pure functions of numbers and frames. `judge` is the way in; nothing here reads or writes."""
