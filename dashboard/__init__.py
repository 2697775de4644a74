"""What people see. Thin: views ask view models, view models read frames, charts draw them."""
