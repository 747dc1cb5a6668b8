package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"legcoach/bot"
)

// serve answers /healthz, /readyz and /metrics, and what the platforms post, until ctx is done.
//
// Healthy means that the process turns over; ready that every platform is listened to.
func serve(ctx context.Context, listen string, b *bot.Bot, posts map[string]http.Handler) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) { ready(w, b.Listening()) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry(b), promhttp.HandlerOpts{}))
	for path, h := range posts {
		mux.Handle("POST "+path, h)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("http.listen: %w", err)
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 1 << 16}
	defer context.AfterFunc(ctx, func() { shutdown(server) })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve health and metrics: %w", err)
	}
	return nil
}

// shutdown lets requests end, but not for long: a long poll of metrics does not keep the bot.
func shutdown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close() // nothing is left to lose
	}
}

func ready(w http.ResponseWriter, up map[string]bool) {
	w.Header().Set("Content-Type", "application/json")
	for _, is := range up {
		if !is {
			w.WriteHeader(http.StatusServiceUnavailable)
			break
		}
	}
	_ = json.NewEncoder(w).Encode(up) // the client is gone if it fails
}

func registry(b *bot.Bot) *prometheus.Registry {
	r := prometheus.NewRegistry()
	b.Counters().Register(r)
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}
