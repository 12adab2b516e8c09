module ip-hosts

go 1.23
