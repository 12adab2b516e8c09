module flipsum

go 1.19
