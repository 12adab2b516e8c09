"""Print one line and end."""

print("ready")
