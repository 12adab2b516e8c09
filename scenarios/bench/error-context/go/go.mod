module failover

go 1.20
