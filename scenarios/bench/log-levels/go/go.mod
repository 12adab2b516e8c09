module loglevels

go 1.21
