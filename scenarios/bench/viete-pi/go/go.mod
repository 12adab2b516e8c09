module vietepi

go 1.19
