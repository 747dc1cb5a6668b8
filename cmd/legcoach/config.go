package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/schedule"
)

// Config is what an operator decides; config.example.yaml shows every setting with its default.
type Config struct {
	Store     string            `yaml:"store"`
	Telegram  Telegram          `yaml:"telegram"`
	Discord   Discord           `yaml:"discord"`
	Reminders map[string]string `yaml:"reminders"`
	Defaults  Defaults          `yaml:"defaults"`
	HTTP      HTTP              `yaml:"http"`
	Privacy   Privacy           `yaml:"privacy"`
	Log       Log               `yaml:"log"`

	// warnings are what is not wrong but should be known.
	warnings []string
}

// Telegram says how to reach Telegram; without a token the platform is off.
type Telegram struct {
	Token     Secret  `yaml:"token"`
	TokenFile string  `yaml:"token_file"`
	API       string  `yaml:"api"`
	Proxy     string  `yaml:"proxy"`
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

// Secret is a value that never prints.
type Secret string

const redacted = "[redacted]"

// String returns "[redacted]", or nothing for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString keeps %#v from printing the secret.
func (s Secret) GoString() string { return s.String() }

// MarshalText keeps encoders from writing the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// defaultConfig is what holds where a file says nothing.
func defaultConfig() Config {
	return Config{
		Store:     "bolt:legcoach.db",
		Telegram:  Telegram{API: "https://api.telegram.org"},
		Discord:   Discord{API: "https://discord.com"},
		Reminders: map[string]string{},
		Defaults:  Defaults{Zone: "Europe/London", Quiet: "21:30-07:00", DayStarts: "04:00", Level: "new"},
		HTTP:      HTTP{Listen: ""},
		Privacy:   Privacy{IdleMonths: 12},
		Log:       Log{Level: "info", Format: "text"},
	}
}

// defaultReminders are the cron expressions of the default plan, by kind.
var defaultReminders = map[string]string{
	"hill": "30 17 * * TUE", "interval": "30 17 * * FRI", "strength": "30 17 * * WED,SAT",
	"easy": "30 17 * * SUN", "rest": "0 9 * * MON,THU",
}

// loadConfig reads a file strictly, and the secrets that it or the environment names.
func loadConfig(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("read the configuration: %w; copy config.example.yaml to %s to begin", bare(err), path)
	}
	c, err := parseConfig(data)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	if (c.Telegram.Token != "" || c.Discord.Token != "") && readableByOthers(path) {
		c.warnings = append(c.warnings, fmt.Sprintf("%s holds a token and others can read it; run: chmod 600 %s", path, path))
	}
	if err := c.secrets(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// parseConfig reads YAML over the defaults and checks every value.
func parseConfig(data []byte) (Config, error) {
	c := defaultConfig()
	decoder := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := decoder.Decode(&c); err != nil && len(bytes.TrimSpace(data)) > 0 && err.Error() != "EOF" {
		return c, explainYAML(err)
	}
	if len(c.Reminders) == 0 {
		c.Reminders = defaultReminders
	}
	return c, c.check()
}

var unknownKey = regexp.MustCompile(`unknown field "([^"]+)"`)

// explainYAML says where a file is wrong, without showing its text: it may hold a token.
func explainYAML(err error) error {
	text := yaml.FormatError(err, false, false)
	text, _, _ = strings.Cut(text, "\n")
	where, what, found := strings.Cut(strings.TrimPrefix(text, "["), "] ")
	if !found {
		return errors.New(text)
	}
	line, _, _ := strings.Cut(where, ":")
	if unknown := unknownKey.FindStringSubmatch(what); unknown != nil {
		return fmt.Errorf("line %s: there is no setting %q; the nearest is %q", line, unknown[1], nearestKey(unknown[1]))
	}
	return fmt.Errorf("line %s: %s", line, what)
}

func nearestKey(wrong string) string {
	keys := keysOf(reflect.TypeFor[Config]())
	for _, k := range day.Kinds {
		keys = append(keys, string(k))
	}
	return slices.MinFunc(keys, func(a, b string) int {
		return levenshtein.ComputeDistance(wrong, a) - levenshtein.ComputeDistance(wrong, b)
	})
}

func keysOf(t reflect.Type) []string {
	var keys []string
	for f := range t.Fields() {
		if name := f.Tag.Get("yaml"); name != "" {
			keys = append(keys, name)
		}
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(f.Type)...)
		}
	}
	return keys
}

// check returns the first value that cannot work, with what to write instead.
func (c Config) check() error {
	for name, api := range map[string]string{"telegram.api": c.Telegram.API, "discord.api": c.Discord.API} {
		if err := checkURL(api); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if _, err := parseStore(c.Store); err != nil {
		return err
	}
	if _, err := c.coach(); err != nil {
		return err
	}
	if c.HTTP.Listen != "" {
		if _, _, err := net.SplitHostPort(c.HTTP.Listen); err != nil {
			return fmt.Errorf("http.listen: %q is not an address such as 127.0.0.1:8080", c.HTTP.Listen)
		}
	}
	if c.Privacy.BackupDays < 0 || c.Privacy.IdleMonths < 0 {
		return errors.New("privacy: backup_days and idle_months are not negative")
	}
	_, err := newLogger(c.Log, nil)
	return err
}

// checkURL accepts https, and plain http for this machine alone: a token travels in the address.
func checkURL(s string) error {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "":
		return fmt.Errorf("%q is not an address such as https://api.telegram.org", s)
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()):
		return nil
	}
	return fmt.Errorf("%q would send the token unprotected; write https://, plain http is for loopback addresses only", s)
}

// coach is what the coach needs to know of the configuration.
func (c Config) coach() (coach.Config, error) {
	out := coach.Config{Zone: c.Defaults.Zone, BackupDays: c.Privacy.BackupDays, IdleMonths: c.Privacy.IdleMonths, Reminders: map[day.Kind]schedule.Schedule{}}
	if err := checkZone(c.Defaults.Zone); err != nil {
		return out, fmt.Errorf("defaults.zone: %w", err)
	}
	from, to, _ := strings.Cut(c.Defaults.Quiet, "-")
	var err error
	if out.QuietFrom, err = day.ParseClock(from); err == nil {
		out.QuietTo, err = day.ParseClock(to)
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
	for name, expression := range c.Reminders {
		kind, known := day.ParseKind(name)
		if !known {
			return out, fmt.Errorf("reminders: there is no kind of day %q; the kinds are hill, interval, strength, easy and rest", name)
		}
		if out.Reminders[kind], err = bot.ParseCron(expression); err != nil {
			return out, fmt.Errorf("reminders.%s: %w", name, err)
		}
	}
	return out, nil
}

// secrets fills in tokens from the files and the environment variables that hold them.
func (c *Config) secrets() error {
	for _, s := range []struct {
		name, file, env string
		into            *Secret
	}{
		{"telegram.token_file", c.Telegram.TokenFile, "LEGCOACH_TELEGRAM_TOKEN", &c.Telegram.Token},
		{"discord.token_file", c.Discord.TokenFile, "LEGCOACH_DISCORD_TOKEN", &c.Discord.Token},
		{"telegram.webhook.secret_file", c.Telegram.Webhook.SecretFile, "LEGCOACH_TELEGRAM_WEBHOOK_SECRET", &c.Telegram.Webhook.Secret},
	} {
		if s.file != "" && *s.into != "" {
			return fmt.Errorf("%s and the value itself are both set; keep one", s.name)
		}
		if s.file != "" {
			data, err := os.ReadFile(s.file)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			*s.into = Secret(strings.TrimSpace(string(data)))
		}
		if value := os.Getenv(s.env); value != "" {
			*s.into = Secret(strings.TrimSpace(value))
		}
	}
	return nil
}

func readableByOthers(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&0o077 != 0
}

// bare is err without the operation and path that os puts before it.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
