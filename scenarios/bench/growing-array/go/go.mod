module growingarray

go 1.19
