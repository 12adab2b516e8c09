module http-client

go 1.19
