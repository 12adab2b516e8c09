# Prints a greeting and ends.

echo hello
