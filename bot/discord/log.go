package discord

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// secretive are the parts of addresses that are as good as a password for a quarter of an hour.
var secretive = regexp.MustCompile(`(interactions|webhooks)/(\d+)/[^/\s"?]+`)

// discordLog takes what the library would print.
type discordLog struct {
	log   *slog.Logger
	token string
}

// hide removes the bot's token and interactions' tokens from text.
func (l discordLog) hide(text string) string {
	if l.token != "" {
		text = strings.ReplaceAll(text, l.token, "[redacted]")
	}
	return secretive.ReplaceAllString(text, "$1/$2/[redacted]")
}

var libraryLog sync.Once

// hush makes the library's own log silent. It is one for the whole process and
// prints whole packets; what matters in it comes back as errors.
func hush() {
	libraryLog.Do(func() {
		discordgo.Logger = func(int, int, string, ...any) {}
	})
}

// warn logs a failure without what is secret in it.
func (l discordLog) warn(what string, err error) {
	l.log.Warn(what, "error", l.hide(fmt.Sprint(err)))
}
