"""Files in and out: plan files, entry templates, imports."""
