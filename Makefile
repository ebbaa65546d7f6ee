# Honmono. `make run` shows a phishing mail with the banner; `make test` runs everything.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
GO ?= go
NODE ?= node
# What the packed extension asks for rules and trusts; empty: the built-in set only.
RULES_URL ?=
RULES_KEY ?=
# Which parts of `make bench` to run: verdict, size, start … none: all.
PARTS ?=
# How long each fuzz target runs in `make fuzz`.
FUZZTIME ?= 60s
# Which packages it fuzzes.
FUZZPKGS ?= ./...

WASM := build/detector.wasm
EXEC = $(shell $(GO) env GOROOT)/lib/wasm/go_js_wasm_exec
PACK = $(GO) run ./cmd/honmono pack --wasm $(WASM)

.PHONY: help run test test-go test-fuzz test-wasm test-js test-worker test-browser dist store wasm worker deps browser bench eval train fuzz lint gen clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: deps browser wasm worker ## build everything, serve fresh rules, open the demo mailbox in a browser
	$(NODE) extension/e2e/run.mjs

test: lint test-go test-fuzz test-wasm test-js test-worker test-browser ## everything

test-go: ## Go tests, natively
	$(GO) test ./...

test-fuzz: ## a short run of the fuzz targets that read hosts and links
	@$(MAKE) --no-print-directory fuzz FUZZTIME=2000x FUZZPKGS="./detector/internal/domain ./detector/internal/confusable ./detector/internal/spoof ./detector/internal/segment ./detector/internal/link ./detector/internal/lookalike"

test-wasm: ## Go tests of the detector and its codec under js/wasm, of long ones a part
	GOOS=js GOARCH=wasm $(GO) test -short -exec="$(EXEC)" ./detector/... ./wasm/...

test-js: deps worker ## type check and unit tests of the extension
	npx --no-install tsc --project tsconfig.json
	npx --no-install tsc --project extension/e2e/tsconfig.json
	npx --no-install tsc --project worker
	$(NODE) --test --test-concurrency=3 extension/test/*.test.mjs # they mostly wait

test-worker: worker ## the Worker on workerd
	npx --no-install tsc --project worker/tsconfig.json
	$(NODE) --test --test-concurrency=2 worker/test/*.test.mjs

test-browser: deps browser wasm worker ## the extension in Chromium and Firefox, in Roundcube and SOGo too
	$(NODE) extension/e2e/all.mjs
	$(NODE) extension/e2e/matrix.mjs --check

dist: wasm ## packed folders and zips for Chrome and Firefox, and the source's zip, in dist/
	$(PACK) --source --out dist $(if $(RULES_URL),--rules-url $(RULES_URL)) $(if $(RULES_KEY),--rules-key $(RULES_KEY))

store: deps browser wasm ## the stores' screenshots, made anew in docs/store/
	HONMONO_STORE_SHOTS=docs/store $(NODE) --test --test-force-exit extension/e2e/store.test.mjs

wasm: ## the detector for the browser
	$(GO) run ./wasm/build -o $(WASM)

worker: deps wasm ## the Worker for Cloudflare's engine, and what its page is tried with
	sh worker/build.sh

deps: node_modules/.package-lock.json ## npm packages
node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

browser: ## finds a browser, or installs Debian's
	@sh extension/e2e/browsers.sh

bench: deps wasm worker ## every budget beside its limit and its peers, in one run
	$(GO) run ./detector/internal/lookalike/peers || true # its own budgets are in the table below
	$(NODE) extension/e2e/bench/main.mjs $(PARTS)

CORPORA := ../shared/corpora
MAILS = --phish $(CORPORA)/phish-mail.jsonl.gz --ham $(CORPORA)/ham-mail.jsonl.gz --ham $(CORPORA)/ham-mail-ja-derived.jsonl.gz --gray $(CORPORA)/gray-mail.jsonl.gz

soak: worker ## the Worker under load for two minutes, with publications in the middle
	$(NODE) worker/soak.mjs

eval: ## recall and false alarms on ../shared/corpora
	$(GO) run ./cmd/honmono eval --by lang $(MAILS) --gray $(CORPORA)/spam-mail.jsonl.gz

train: ## fit the weights to ../shared/corpora, cross-validated by campaign; TRAIN=--write keeps them
	$(GO) run ./cmd/honmono train $(MAILS) --phish testdata/messages/attack --ham testdata/messages/genuine $(TRAIN)

fuzz: ## every fuzz target for FUZZTIME each
	@for pkg in $$($(GO) list $(FUZZPKGS)); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; $(GO) test -run='^$$' -fuzz="^$$target$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s $$pkg; \
		done; \
	done

lint: ## vet, staticcheck, gofmt, the rules
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	@test -z "$$(gofmt -l . | grep -v node_modules)" || { echo "gofmt wants:"; gofmt -l . | grep -v node_modules; exit 1; }
	$(GO) run ./cmd/honmono rules lint

gen: ## everything that is generated: tables, the built-in rules
	$(GO) generate ./...
	$(GO) run ./cmd/honmono rules build

clean: ## what was built
	rm -rf build dist out worker/build
