module emptyloop

go 1.19
