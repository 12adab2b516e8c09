module cidr

go 1.22
