module github.com/honmono/honmono

go 1.26.8
