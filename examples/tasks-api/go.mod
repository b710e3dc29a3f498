module example.com/tasks-api

go 1.22
