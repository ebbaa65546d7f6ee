//go:build !js

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	dir := flag.String("dir", "", "`directory` with \"manifest\" and \"blobs/\", as honmono rules sign --out writes it")
	addr := flag.String("addr", "127.0.0.1:8787", "`address` to listen on; port 0 takes a free one")
	age := flag.Duration("manifest-age", DefaultManifestAge, "how long caches may hold the manifest")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: worker --dir DIR [--addr HOST:PORT] [--manifest-age 5m]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 || *age < 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx, *dir, *addr, *age); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers at addr until ctx ends, then lets what is under way finish.
func serve(ctx context.Context, dir, addr string, age time.Duration) error {
	store, err := openDirectory(dir)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	server := newServer(NewHandler(store, Options{ManifestAge: age}))
	fmt.Printf("listening http://%s\n", listener.Addr())
	done := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		done <- server.Shutdown(grace)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("worker: %w", err)
	}
	return <-done
}

// newServer returns a server that a slow or talkative client cannot hold: no
// request here has a body or long headers.
func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      2 * time.Minute, // maxBlob at 200 KB/s
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
}
