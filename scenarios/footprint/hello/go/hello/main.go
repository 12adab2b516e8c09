// Hello prints a greeting and ends.
package main

import "fmt"

func main() {
	fmt.Println("hello")
}
