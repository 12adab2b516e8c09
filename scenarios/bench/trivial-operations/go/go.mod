module trivial

go 1.19
