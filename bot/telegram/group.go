package telegram

import (
	"regexp"
	"strings"
	"unicode"
)

// addressed returns what a message says to the bot, without its name, and
// whether it is said to the bot at all. In private everything is. In a group a
// command must bear the bot's name, since every bot there has a /help.
func (p *Platform) addressed(m *message) (string, bool) {
	text := m.words()
	me := p.me.Load()
	first, rest := text, ""
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		first, rest = text[:i], text[i:]
	}
	command, target, named := strings.Cut(first, "@")
	if strings.HasPrefix(text, "/") && named && isCommand(command) {
		own := strings.EqualFold(target, me.Username)
		if own || !m.Chat.group() {
			return strings.TrimSpace(command + rest), true
		}
		return "", false
	}
	if !m.Chat.group() {
		return text, true
	}
	mentioned := me.called.MatchString(text)
	for _, e := range m.Entities {
		mentioned = mentioned || e.Type == "text_mention" && e.User != nil && e.User.ID == me.ID && me.ID != 0
	}
	answers := m.Reply != nil && m.Reply.From != nil && m.Reply.From.ID == me.ID && me.ID != 0 && m.Reply.Opened == nil
	return strings.TrimSpace(me.called.ReplaceAllString(text, "")), mentioned || answers
}

func isCommand(s string) bool {
	for _, c := range strings.TrimPrefix(s, "/") {
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return len(s) > 1
}

// called returns how the bot is called by its name in a text: as a word, since
// "@legcoach_bot2" is another bot.
func called(username string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\s*\B@` + regexp.QuoteMeta(username) + `\b[,:]?`)
}
