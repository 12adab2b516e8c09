module sumofsquares

go 1.19
