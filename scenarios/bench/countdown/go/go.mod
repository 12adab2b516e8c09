module countdown

go 1.19
