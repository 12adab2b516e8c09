module scaling

go 1.19
