module integerwidth

go 1.19
