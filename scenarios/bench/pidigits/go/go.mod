module pidigits

go 1.19
