package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/schedule"
)

// Config is what an operator decides; config.example.yaml shows every setting with its default.
type Config struct {
	Store     string    `yaml:"store"`
	Telegram  Telegram  `yaml:"telegram"`
	Discord   Discord   `yaml:"discord"`
	Reminders Reminders `yaml:"reminders"`
	Defaults  Defaults  `yaml:"defaults"`
	HTTP      HTTP      `yaml:"http"`
	Privacy   Privacy   `yaml:"privacy"`
	Log       Log       `yaml:"log"`

	// warnings are what is not wrong but should be known.
	warnings []string
}

// Telegram says how to reach Telegram; without a token the platform is off.
type Telegram struct {
	Token     Secret  `yaml:"token"`
	TokenFile string  `yaml:"token_file"`
	API       string  `yaml:"api"`
	Proxy     Secret  `yaml:"proxy"` // may hold a password
	Webhook   Webhook `yaml:"webhook"`
}

// Webhook says that Telegram calls instead of being polled; off without a URL.
type Webhook struct {
	URL        string `yaml:"url"`
	Secret     Secret `yaml:"secret"`
	SecretFile string `yaml:"secret_file"`
}

// Discord says how to reach Discord; without a token the platform is off.
type Discord struct {
	Token     Secret `yaml:"token"`
	TokenFile string `yaml:"token_file"`
	API       string `yaml:"api"`
	// PublicKey turns on the HTTP interactions endpoint; empty means the gateway.
	PublicKey string `yaml:"public_key"`
}

// Reminders are the cron expressions of the default plan, on each runner's own
// wall clock; an empty one reminds of nothing.
type Reminders struct {
	Hill     string `yaml:"hill"`
	Interval string `yaml:"interval"`
	Strength string `yaml:"strength"`
	Easy     string `yaml:"easy"`
	Rest     string `yaml:"rest"`
}

// Defaults hold for every runner until they say otherwise.
type Defaults struct {
	Zone      string `yaml:"zone"`
	Quiet     string `yaml:"quiet"`
	DayStarts string `yaml:"day_starts"`
	Level     string `yaml:"level"`
}

// HTTP says where health, metrics and the platforms' calls are served; off without an address.
type HTTP struct {
	Listen string `yaml:"listen"`
}

// Privacy says what is kept beside the store, and for how long.
type Privacy struct {
	BackupDays int `yaml:"backup_days"` // days
	IdleMonths int `yaml:"idle_months"` // months
}

// Log says what is logged, and how.
type Log struct {
	Level  string `yaml:"level"`
	Format string `yaml:"format"`
}

// defaultConfig is what holds where a file says nothing.
func defaultConfig() Config {
	return Config{
		Store:    "bolt:legcoach.db",
		Telegram: Telegram{API: "https://api.telegram.org"},
		Discord:  Discord{API: "https://discord.com"},
		Reminders: Reminders{Hill: "30 17 * * TUE", Interval: "30 17 * * FRI", Strength: "30 17 * * WED,SAT",
			Easy: "30 17 * * SUN", Rest: "0 9 * * MON,THU"},
		Defaults: Defaults{Zone: "Europe/London", Quiet: "21:30-07:00", DayStarts: "04:00", Level: "new"},
		Privacy:  Privacy{IdleMonths: 12},
		Log:      Log{Level: "info", Format: "text"},
	}
}

// defaultReminders are the cron expressions of the default plan, by kind.
var defaultReminders = defaultConfig().Reminders.byKind()

// byKind returns the expressions that are not empty.
func (r Reminders) byKind() map[string]string {
	kinds := map[string]string{"hill": r.Hill, "interval": r.Interval, "strength": r.Strength, "easy": r.Easy, "rest": r.Rest}
	for k, expression := range kinds {
		if expression == "" {
			delete(kinds, k)
		}
	}
	return kinds
}

// check returns the first value that cannot work, with what to write instead.
func (c Config) check() error {
	if _, err := parseStore(c.Store); err != nil {
		return err
	}
	if err := checkURL(c.Telegram.API); err != nil {
		return fmt.Errorf("telegram.api: %w", err)
	}
	if err := checkURL(c.Discord.API); err != nil {
		return fmt.Errorf("discord.api: %w", err)
	}
	if _, err := publicKey(c.Discord.PublicKey); err != nil {
		return err
	}
	if _, err := c.coach(); err != nil {
		return err
	}
	if err := checkListen(c.HTTP.Listen); err != nil {
		return err
	}
	if c.Privacy.BackupDays < 0 || c.Privacy.IdleMonths < 0 {
		return errors.New("privacy: backup_days and idle_months are not negative")
	}
	_, err := newLogger(c.Log, nil)
	return err
}

// checkURL accepts https, and plain http for this machine alone. What is wrong
// is not repeated: a token or a password may stand in it.
func checkURL(s string) error {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "" || u.User != nil:
		return errors.New("want an address such as https://api.telegram.org")
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()):
		return nil
	}
	return errors.New("it would carry the token unprotected; write https://, plain http is for loopback addresses only")
}

func checkListen(address string) error {
	if address == "" {
		return nil
	}
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("http.listen: %q is not an address such as 127.0.0.1:8080", address)
	}
	return nil
}

// loopback reports whether only this machine can reach an address.
func loopback(address string) bool {
	host, _, _ := net.SplitHostPort(address)
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// coach is what the coach needs to know of the configuration.
func (c Config) coach() (coach.Config, error) {
	out := coach.Config{Zone: c.Defaults.Zone, BackupDays: c.Privacy.BackupDays, IdleMonths: c.Privacy.IdleMonths, Reminders: map[day.Kind]schedule.Schedule{}}
	if err := checkZone(c.Defaults.Zone); err != nil {
		return out, fmt.Errorf("defaults.zone: %w", err)
	}
	from, to, _ := strings.Cut(c.Defaults.Quiet, "-")
	var err error
	if out.QuietFrom, err = day.ParseClock(strings.TrimSpace(from)); err == nil {
		out.QuietTo, err = day.ParseClock(strings.TrimSpace(to))
	}
	if err != nil {
		return out, fmt.Errorf("defaults.quiet: %q is not a span such as 21:30-07:00", c.Defaults.Quiet)
	}
	if out.DayStarts, err = day.ParseClock(c.Defaults.DayStarts); err != nil || out.DayStarts > day.At(6, 0) {
		return out, fmt.Errorf("defaults.day_starts: %q is not a time from 00:00 to 06:00", c.Defaults.DayStarts)
	}
	known := false
	if out.Level, known = plan.ParseLevel(c.Defaults.Level); !known {
		return out, fmt.Errorf("defaults.level: %q is not new, regular or seasoned", c.Defaults.Level)
	}
	expressions := c.Reminders.byKind()
	for _, kind := range day.Kinds {
		expression, set := expressions[string(kind)]
		if !set {
			continue
		}
		if out.Reminders[kind], err = bot.ParseCron(expression); err != nil {
			return out, fmt.Errorf("reminders.%s: %w", kind, err)
		}
	}
	return out, nil
}
