#!/bin/sh
# Builds the Worker for Cloudflare's engine into worker/build/: the glue of
# github.com/syumai/workers at the version go.mod pins, and the Go program.
# entry.mjs is the way in; wrangler and dev.mjs read it from there.
set -eu
cd "$(dirname "$0")"
go run github.com/syumai/workers/cmd/workers-assets-gen -mode=go -o build
GOOS=js GOARCH=wasm go build -trimpath -ldflags='-s -w' -o build/app.wasm .
cp glue.d.mts build/worker.d.mts
# What the page is tried with.
[ -f ../build/detector.wasm ] || (cd .. && go run ./wasm/build -o build/detector.wasm)
go run ./page/pack -out build/assets/app
