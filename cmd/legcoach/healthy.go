package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// healthy asks a running bot whether it turns over, for whoever supervises it.
func (p program) healthy(ctx context.Context, args []string) error {
	set := flags("healthy")
	path := set.String("config", "config.yaml", "`FILE` that the bot runs with")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	config, err := readConfig(*path)
	if err != nil {
		return err
	}
	if config.HTTP.Listen == "" {
		return fmt.Errorf("%s: http.listen is empty, so there is nothing to ask; set it, such as 127.0.0.1:8080", *path)
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(config.HTTP.Listen)+"/healthz", nil)
	if err != nil {
		return fmt.Errorf("ask for health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask for health: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask for health: the answer is %s", response.Status)
	}
	fmt.Fprintln(p.out, "healthy")
	return nil
}

// reachable is the address at which this machine reaches a listener.
func reachable(listen string) string {
	host, port, _ := net.SplitHostPort(listen) // was checked
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
