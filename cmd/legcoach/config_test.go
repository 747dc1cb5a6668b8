package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

const example = "../../config.example.yaml"

// TestExampleHoldsEveryDefault finds that the example says what holds without it, and leaves nothing out.
func TestExampleHoldsEveryDefault(t *testing.T) {
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parseConfig(data)
	if err != nil {
		t.Fatal(err)
	}
	if want := defaultConfig(); !reflect.DeepEqual(got, want) {
		t.Errorf("the example says\n%+v\nwant the defaults\n%+v", got, want)
	}
	var settings map[string]any
	if err := yaml.Unmarshal(data, &settings); err != nil {
		t.Fatal(err)
	}
	for _, missing := range leftOut(reflect.TypeFor[Config](), settings, "") {
		t.Errorf("the example leaves out %s", missing)
	}
}

// leftOut returns the settings of a type that a file does not hold.
func leftOut(settings reflect.Type, file map[string]any, path string) []string {
	var missing []string
	for f := range settings.Fields() {
		name := f.Tag.Get("yaml")
		if name == "" {
			continue
		}
		value, there := file[name]
		if !there {
			missing = append(missing, path+name)
		}
		if section, ok := value.(map[string]any); ok && f.Type.Kind() == reflect.Struct {
			missing = append(missing, leftOut(f.Type, section, path+name+".")...)
		}
	}
	return missing
}

// TestEmptyFileIsTheDefaults: what is not said keeps its default.
func TestEmptyFileIsTheDefaults(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing\n", "---\n", "\uFEFF", "telegram:\nlog:\n", "{}"} {
		got, err := parseConfig([]byte(text))
		if want := defaultConfig(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %+v, %v; want the defaults", text, got, err)
		}
	}
}

// mistakes are what is wrong with the files of testdata/config, by name.
var mistakes = map[string]string{
	"unknown-key":                 `line 3: tokn_file is not a setting; the nearest is token_file`,
	"unknown-key-at-the-top":      `line 2: reminder is not a setting; the nearest is reminders`,
	"unknown-kind-of-day":         `line 2: hil is not a setting; the nearest is hill`,
	"unknown-key-that-is-a-token": `line 2: what stands there is not a setting; the nearest is token_file`,
	"repeated-key":                `line 4: level is set already further up; keep one of them`,
	"wrong-type-list":             `line 1: want text here`,
	"wrong-type-number":           `line 2: want a whole number here`,
	"wrong-type-section":          `line 1: want settings here, one "name: value" a line`,
	"number-too-large":            `line 2: that number is too large`,
	"negative-number":             `privacy: backup_days and idle_months are not negative`,
	"unquoted-colon":              `line 2: this is not YAML; look at the indentation, and put quotes around a value that holds a colon`,
	"tab-indent":                  `line 2: this is not YAML; look at the indentation, and put quotes around a value that holds a colon`,
	"open-bracket":                `line 1: this is not YAML; look at the indentation, and put quotes around a value that holds a colon`,
	"list-at-the-top":             `line 1: want settings here, one "name: value" a line`,
	"prose":                       `line 1: want settings here, one "name: value" a line`,
	"two-documents":               `there is more than one document in it; remove what follows the line ---`,
	"bad-cron":                    `reminders.hill: cron expression "30 25 * * TUE": end of range (25) above maximum (23): 25`,
	"bad-cron-fields":             `reminders.rest: cron expression "0 9 * *": want five fields such as "30 17 * * TUE"`,
	"bad-cron-never":              `reminders.easy: cron expression "0 9 31 2 *": no such date ever comes`,
	"bad-zone":                    `defaults.zone: "Europe/Atlantis" is not a zone; write an IANA name such as Europe/London`,
	"bad-quiet":                   `defaults.quiet: "at night" is not a span such as 21:30-07:00`,
	"bad-day-starts":              `defaults.day_starts: "09:00" is not a time from 00:00 to 06:00`,
	"bad-level":                   `defaults.level: "olympic" is not new, regular or seasoned`,
	"bad-log-level":               `log.level: "loud" is not debug, info, warn or error`,
	"bad-log-format":              `log.format: "xml" is not text or json`,
	"bad-store":                   `store: write bolt:FILE, or memory, which remembers nothing`,
	"bolt-without-file":           `store: write bolt:FILE, or memory, which remembers nothing`,
	"bad-listen":                  `http.listen: "8080" is not an address such as 127.0.0.1:8080`,
	"bad-listen-port":             `http.listen: "127.0.0.1:http8080" is not an address such as 127.0.0.1:8080`,
	"api-not-loopback":            `telegram.api: it would carry the token unprotected; write https://, plain http is for loopback addresses only`,
	"api-no-address":              `discord.api: want an address such as https://api.telegram.org`,
	"api-with-password":           `discord.api: want an address such as https://api.telegram.org`,
	"bad-public-key":              `discord.public_key: want the 64 hexadecimal digits that the developer portal shows`,
	"token-and-token-file":        `telegram.token and telegram.token_file are both set; keep one`,
	"token-file-missing":          `discord.token_file: read testdata/config/no-such-file: no such file or directory`,
	"token-file-empty":            `discord.token_file: read testdata/config/empty.txt: it is empty`,
	"token-of-two-words":          `telegram.token: there is a space or a line break inside; it is one word`,
	"unknown-alias":               `line 1: this is not YAML; look at the indentation, and put quotes around a value that holds a colon`,
	"binary-garbage":              `line 1: want settings here, one "name: value" a line`,
	"utf-16":                      `line 1: want settings here, one "name: value" a line`,
}

func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/config/*.yaml")
	if err != nil || len(files) != len(mistakes) {
		t.Errorf("there are %d files of mistakes, want %d (%v)", len(files), len(mistakes), err)
	}
	for name, want := range mistakes {
		path := "testdata/config/" + name + ".yaml"
		_, err := loadConfig(path)
		if err == nil {
			t.Errorf("%s: no error, want %s", path, want)
			continue
		}
		if got := err.Error(); got != path+": "+want {
			t.Errorf("%s", diff(got, path+": "+want))
		}
		if strings.Contains(err.Error(), "AAfake") {
			t.Errorf("%s: the error shows a secret: %v", path, err)
		}
	}
}

func diff(got, want string) string { return fmt.Sprintf("got  %s\nwant %s", got, want) }

func TestMissingFileSaysHowToBegin(t *testing.T) {
	_, err := loadConfig("testdata/no-such.yaml")
	want := "read the configuration testdata/no-such.yaml: no such file or directory; copy config.example.yaml there to begin"
	if err == nil || err.Error() != want {
		t.Errorf("%s", diff(fmt.Sprint(err), want))
	}
}

func TestSecretsComeFromFilesAndTheEnvironment(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	token := write("token", "from-a-file\n", 0o600)
	config := write("config.yaml", "telegram: {token_file: "+token+"}\ndiscord: {token: from-the-config}\n", 0o644)
	t.Setenv("LEGCOACH_DISCORD_TOKEN", "")

	c, err := loadConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	if c.Telegram.Token != "from-a-file" || c.Discord.Token != "from-the-config" {
		t.Errorf("the tokens are %q and %q", string(c.Telegram.Token), string(c.Discord.Token))
	}
	if len(c.warnings) != 1 || !strings.Contains(c.warnings[0], "chmod 600") {
		t.Errorf("warned of %q, want of a token that others can read", c.warnings)
	}

	t.Setenv("LEGCOACH_DISCORD_TOKEN", "from-the-environment")
	if err := os.Chmod(config, 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err = loadConfig(config); err != nil || c.Discord.Token != "from-the-environment" || len(c.warnings) > 0 {
		t.Errorf("token %q, warnings %q, error %v; want the environment's and no warning", string(c.Discord.Token), c.warnings, err)
	}
}

func TestSecretsNeverPrint(t *testing.T) {
	c := defaultConfig()
	c.Telegram.Token, c.Discord.Token, c.Telegram.Webhook.Secret, c.Telegram.Proxy = "hunter2", "hunter2", "hunter2", "http://me:hunter2@proxy"
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	prints := []string{string(asJSON), string(asYAML), fmt.Sprint(c.Telegram.Token), fmt.Sprint(&c.Telegram)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%5.2f"} {
		prints = append(prints, fmt.Sprintf(verb, c), fmt.Sprintf(verb, &c), fmt.Sprintf(verb, []Config{c}), fmt.Sprintf(verb, c.Discord.Token))
	}
	for _, text := range prints {
		if strings.Contains(text, "hunter2") || strings.Contains(text, "68756e74657232") {
			t.Errorf("a secret prints: %s", text)
		}
	}
	if !strings.Contains(string(asYAML), redacted) {
		t.Errorf("YAML shows %s, want %s in place of a secret", asYAML, redacted)
	}
}

func TestStores(t *testing.T) {
	for text, want := range map[string]spec{
		"memory": {"memory", ""}, "memory:": {"memory", ""}, "bolt:legcoach.db": {"bolt", "legcoach.db"}, `bolt:C:\legs.db`: {"bolt", `C:\legs.db`},
	} {
		if got, err := parseStore(text); err != nil || got != want {
			t.Errorf("store %q is %v, %v; want %v", text, got, err, want)
		}
	}
}

// FuzzParseConfig holds that any bytes are read or refused in one line that shows nothing of them but settings' names.
func FuzzParseConfig(f *testing.F) {
	files, _ := filepath.Glob("testdata/config/*.yaml")
	for _, path := range append(files, example) {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := parseConfig(data)
		if err == nil {
			return
		}
		if text := err.Error(); strings.Contains(text, "AAfake") || len(text) > 400 {
			t.Errorf("the error is %q", text)
		}
	})
}
