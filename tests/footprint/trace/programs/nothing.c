// Does nothing, to be linked statically.
int main(void) { return 0; }
