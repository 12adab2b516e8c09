module argumentpassing

go 1.19
