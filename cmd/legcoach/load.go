package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
)

// loadConfig reads a file strictly, and the secrets that it or the environment names.
func loadConfig(path string) (Config, error) {
	c, err := readConfig(path)
	if err != nil {
		return Config{}, err
	}
	if c.holdsSecret() && readableByOthers(path) {
		c.warnings = append(c.warnings, fmt.Sprintf("%s holds a token and others can read it; run: chmod 600 %s", path, path))
	}
	if c.HTTP.Listen != "" && !loopback(c.HTTP.Listen) {
		c.warnings = append(c.warnings, fmt.Sprintf("http.listen: %s can be reached from other machines, and metrics with it", c.HTTP.Listen))
	}
	if err := c.secrets(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// readConfig reads a file strictly, without the secrets that stand elsewhere.
func readConfig(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("read the configuration %s: %w; copy config.example.yaml there to begin", path, bare(err))
	}
	c, err := parseConfig(data)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// parseConfig reads YAML over the defaults and checks every value.
func parseConfig(data []byte) (Config, error) {
	c := defaultConfig()
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))), yaml.Strict())
	if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, explainYAML(err)
	}
	if err := decoder.Decode(&struct{}{}); !errors.Is(err, io.EOF) {
		return c, errors.New("there is more than one document in it; remove what follows the line ---")
	}
	if reflect.ValueOf(c).IsZero() {
		c = defaultConfig() // a file of nothing but remarks
	}
	return c, c.check()
}

// explainYAML says where a file is wrong in one line. It repeats nothing of the
// file but the names of settings: a token may stand anywhere in it.
func explainYAML(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		return errors.New("it is not YAML that can be read")
	}
	line, key := at.GetToken().Position.Line, at.GetToken().Value
	if !name.MatchString(key) {
		key = "what stands there"
	}
	var unknown *yaml.UnknownFieldError
	var wrongType *yaml.TypeError
	var wrongNode *yaml.UnexpectedNodeTypeError
	var tooLarge *yaml.OverflowError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("line %d: %s is not a setting; the nearest is %s", line, key, nearestKey(at.GetToken().Value))
	case repeatedKey.MatchString(at.GetMessage()):
		return fmt.Errorf("line %d: %s is set already further up; keep one of them", line, key)
	case errors.As(err, &wrongType):
		return fmt.Errorf("line %d: want %s here", line, described(wrongType.DstType))
	case errors.As(err, &tooLarge):
		return fmt.Errorf("line %d: that number is too large", line)
	case errors.As(err, &wrongNode):
		return fmt.Errorf("line %d: want settings here, one \"name: value\" a line", line)
	}
	return fmt.Errorf("line %d: this is not YAML; look at the indentation, and put quotes around a value that holds a colon", line)
}

// repeatedKey matches what the library says of a key that stands twice.
var repeatedKey = regexp.MustCompile(`^mapping key .* already defined`)

// name matches what may be the name of a setting; tokens have capitals, digits and colons.
var name = regexp.MustCompile(`^[a-z_]{1,24}$`)

func described(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int:
		return "a whole number"
	case reflect.Struct:
		return "settings, one \"name: value\" a line"
	}
	return "text"
}

func nearestKey(wrong string) string {
	return slices.MinFunc(keysOf(reflect.TypeFor[Config]()), func(a, b string) int {
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

func (c Config) holdsSecret() bool {
	return c.Telegram.Token != "" || c.Telegram.Webhook.Secret != "" || c.Discord.Token != ""
}

// secrets fills in what stands in files and in environment variables; a variable wins.
func (c *Config) secrets() error {
	for _, s := range []struct {
		name, file, env string
		into            *Secret
	}{
		{"telegram.token", c.Telegram.TokenFile, "LEGCOACH_TELEGRAM_TOKEN", &c.Telegram.Token},
		{"discord.token", c.Discord.TokenFile, "LEGCOACH_DISCORD_TOKEN", &c.Discord.Token},
		{"telegram.webhook.secret", c.Telegram.Webhook.SecretFile, "LEGCOACH_TELEGRAM_WEBHOOK_SECRET", &c.Telegram.Webhook.Secret},
	} {
		if s.file != "" && *s.into != "" {
			return fmt.Errorf("%s and %s_file are both set; keep one", s.name, s.name)
		}
		if value := strings.TrimSpace(os.Getenv(s.env)); value != "" {
			*s.into = Secret(value)
		} else if s.file != "" {
			value, err := readSecret(s.file)
			if err != nil {
				return fmt.Errorf("%s_file: %w", s.name, err)
			}
			*s.into = value
		}
		if strings.ContainsFunc(string(*s.into), notInToken) {
			return fmt.Errorf("%s: there is a space or a line break inside; it is one word", s.name)
		}
	}
	return nil
}

func notInToken(r rune) bool { return r <= ' ' || r > '~' }

// readSecret reads a file that holds nothing but a secret.
func readSecret(path string) (Secret, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, bare(err))
	}
	value := strings.TrimSpace(string(data))
	if value == "" {
		return "", fmt.Errorf("read %s: it is empty", path)
	}
	return Secret(value), nil
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
