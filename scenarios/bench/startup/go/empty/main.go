// Empty does nothing: what is left is the start of the runtime and its end.
package main

func main() {}
