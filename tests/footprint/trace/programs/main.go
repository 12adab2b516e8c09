// Opens files from many goroutines, and runs a program.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
)

func main() {
	if err := os.Chdir(os.Args[1]); err != nil {
		panic(err)
	}
	var group sync.WaitGroup
	for i := range 50 {
		group.Add(1)
		go func() {
			defer group.Done()
			name := fmt.Sprintf("go-%d", i)
			if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
				panic(err)
			}
			if _, err := os.ReadFile(name); err != nil {
				panic(err)
			}
			if err := exec.Command("cat", name).Run(); err != nil {
				panic(err)
			}
		}()
	}
	group.Wait()
}
