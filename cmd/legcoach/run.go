package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"legcoach/bot"
	"legcoach/coach"
)

// jitter spreads the reminders of one minute, so that they still come within it.
const jitter = 40 * time.Second

// spread is over how long what is late goes out once the bot is back.
const spread = 5 * time.Minute

// runBot listens, wakes and delivers until ctx is done.
func (p program) runBot(ctx context.Context, args []string) error {
	set := flags("run")
	path := set.String("config", "config.yaml", "`FILE` with the configuration")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	config, err := loadConfig(*path)
	if err != nil {
		return err
	}
	log, err := newLogger(config.Log, p.err)
	if err != nil {
		return err
	}
	for _, w := range config.warnings {
		log.Warn(w)
	}
	if !config.anyPlatform() {
		return errors.New("no platform is configured; set telegram.token_file or discord.token_file, or talk with: legcoach chat")
	}
	w := wiring{config: config, log: log}
	if w.coach, err = newCoach(config); err != nil {
		return err
	}
	where, err := parseStore(config.Store)
	if err != nil {
		return err
	}
	s, err := where.open(log)
	if err != nil {
		return err
	}
	w.notes = s
	err = w.serve(ctx, s)
	if closing := s.Close(); closing != nil {
		err = errors.Join(err, fmt.Errorf("close the store: %w", closing))
	}
	return err
}

func newCoach(c Config) (*coach.Coach, error) {
	rules, err := c.coach()
	if err != nil {
		return nil, err
	}
	rules.Jitter, rules.Spread = jitter, spread
	rules.Secret = make([]byte, 32)
	if _, err := rand.Read(rules.Secret); err != nil {
		return nil, fmt.Errorf("make a secret for codes: %w", err)
	}
	return coach.New(rules)
}

// serve runs the bot on every configured platform, and health and metrics beside it.
func (w wiring) serve(ctx context.Context, s kept) error {
	var open []bot.Platform
	posts := map[string]http.Handler{}
	for _, entry := range platforms {
		if !entry.on(w.config) {
			continue
		}
		p, err := entry.open(w)
		if err != nil {
			return fmt.Errorf("open %s: %w", entry.name, err)
		}
		open = append(open, p)
		for path, h := range entry.posts(p, w.config) {
			posts[path] = h
		}
	}
	if len(posts) > 0 && w.config.HTTP.Listen == "" {
		return errors.New("http.listen is empty, but a platform is to call by HTTP; set it, such as 127.0.0.1:8080")
	}
	b := bot.New(w.coach, s, w.log, open...)
	group, ctx := errgroup.WithContext(ctx)
	if w.config.HTTP.Listen != "" {
		group.Go(func() error { return serve(ctx, w.config.HTTP.Listen, b, posts) })
	}
	group.Go(func() error {
		if err := b.Run(ctx); err != nil {
			return err
		}
		return errStopped
	})
	if check, able := s.(interface{ Check() error }); able {
		group.Go(func() error { return watch(ctx, check.Check) })
	}
	if err := group.Wait(); !errors.Is(err, errStopped) {
		return err
	}
	return nil
}

// errStopped ends the group when the bot was told to stop.
var errStopped = errors.New("stopped")

// watch looks each minute whether the store's file is still the one that was opened.
func watch(ctx context.Context, check func() error) error {
	for tick := time.NewTicker(time.Minute); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return nil
		case <-tick.C:
			if err := check(); err != nil {
				return err
			}
		}
	}
}
