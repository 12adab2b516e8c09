"""Print a greeting and end."""

print("hello")
