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
	reports := flag.String("reports", "", "SQLite `file` that reports go into, made if it is not there; empty: no reports are taken")
	appDir := flag.String("app", "", "`directory` with what the page is tried with, worker/build/assets/app after make worker; empty: the page does without")
	addressHeader := flag.String("address-header", "", "`header` in which the server in front names the client, such as X-Forwarded-For; empty: ask the connection")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: worker --dir DIR [--addr HOST:PORT] [--manifest-age 5m] [--reports FILE]\n\nMaintainers read reports with the token in $REPORTS_TOKEN, 32 bytes or more.")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 || *age < 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o := options{
		dir: *dir, addr: *addr, age: *age, reports: *reports, app: *appDir,
		addressHeader: *addressHeader, token: os.Getenv("REPORTS_TOKEN"),
	}
	if err := serve(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	dir, addr, reports, app, addressHeader, token string
	age                                           time.Duration
}

// serve answers at o.addr until ctx ends, then lets what is under way finish.
func serve(ctx context.Context, o options) error {
	store, err := openDirectory(o.dir)
	if err != nil {
		return err
	}
	service := Options{ManifestAge: o.age, Token: o.token}
	if o.reports != "" {
		if service.Archive, err = openArchive(o.reports); err != nil {
			return err
		}
		defer service.Archive.db.Close()
		go service.Archive.expireDaily(ctx)
	}
	var files *os.Root
	if o.app != "" {
		if files, err = os.OpenRoot(o.app); err != nil {
			return fmt.Errorf("worker: %w", err)
		}
		defer files.Close()
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	server := newServer(native(NewHandler(store, service), files, o.addressHeader))
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

// native puts before the handler what entry.mjs puts before it on Cloudflare.
func native(h http.Handler, files *os.Root, addressHeader string) http.Handler {
	return limited(encoding(&app{files, h}), addressHeader)
}

// newServer returns a server that a slow or talkative client cannot hold: no
// request here has a long body or long headers.
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
