package telegram

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
)

// telegramUser plays a person in a private chat with the bot.
type telegramUser struct {
	*fake
	p    *Platform
	last string
	n    int

	hooked bool // by webhook
}

const me = 42

func TestContract(t *testing.T) {
	bottest.Check(t, func(t *testing.T) bottest.Service { return &telegramUser{fake: newFake(t)} })
}

// The same contract holds when Telegram delivers.
func TestContractByWebhook(t *testing.T) {
	bottest.Check(t, func(t *testing.T) bottest.Service {
		u := &telegramUser{fake: newFake(t), hooked: true}
		u.pumps = true
		return u
	})
}

func (u *telegramUser) Open(t *testing.T) bot.Platform {
	if u.hooked {
		u.p, _ = hooked(t, u.fake)
	} else {
		u.p = open(t, u.fake)
	}
	return u.p
}

// open returns a platform that talks to a fake, fast.
func open(t testing.TB, f *fake, with ...func(*Config)) *Platform {
	t.Helper()
	c := Config{Token: token, API: f.URL, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	for _, w := range with {
		w(&c)
	}
	p, err := Open(c)
	if err != nil {
		t.Fatal(err)
	}
	p.pace.gap = 0
	p.wait.first, p.wait.most = 10*time.Millisecond, 100*time.Millisecond
	return p
}

func (u *telegramUser) Person() coach.ID { return address(me) }

func (u *telegramUser) Say(_ *testing.T, text string) {
	u.n++
	u.last = said(u.n, text)
	u.inject(u.last)
}

// said is an update: the person writes in private.
func said(n int, text string) string {
	quoted, _ := json.Marshal(text)
	return fmt.Sprintf(`{"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"from":{"id":%d,"language_code":"en"},"text":%s}}`,
		n, time.Now().Unix(), me, me, quoted)
}

func (u *telegramUser) Again(*testing.T) { u.jump(u.fake.last, u.last) }

func (u *telegramUser) Tap(t *testing.T, label string) {
	for _, s := range backwards(u.seen()) {
		for _, row := range s.keys() {
			for _, b := range row {
				if b.Text == label {
					u.n++
					u.last = u.tap(fmt.Sprintf("q%d", u.n), me, s, b.Data)
					u.inject(u.last)
					return
				}
			}
		}
	}
	t.Fatalf("no message shows %q", label)
}

// tap is an update: somebody taps a button of a message of the bot.
func (f *fake) tap(id string, who int64, s shown, data string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.taps[id] = false
	m, _ := json.Marshal(s.message())
	quoted, _ := json.Marshal(data)
	return fmt.Sprintf(`{"callback_query":{"id":%q,"from":{"id":%d},"message":%s,"data":%s}}`, id, who, m, quoted)
}

func backwards(s []shown) []shown {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	return s
}

func (s shown) keys() [][]button {
	var k keyboard
	_ = json.Unmarshal([]byte(s.params["reply_markup"]), &k)
	return k.Rows
}

func (u *telegramUser) Seen(*testing.T) []bottest.Sight {
	var out []bottest.Sight
	for _, s := range u.seen() {
		sight := bottest.Sight{Text: s.text(), Silent: s.params["disable_notification"] == "true"}
		for _, row := range s.keys() {
			for _, b := range row {
				sight.Choices = append(sight.Choices, b.Text)
			}
		}
		out = append(out, sight)
	}
	return out
}

func (u *telegramUser) Fault(_ *testing.T, f bottest.Fault) bool {
	u.mend()
	u.p.pace.mu.Lock()
	clear(u.p.pace.chats)
	u.p.pace.mu.Unlock()
	u.break_(map[bottest.Fault]flaw{
		bottest.Blocked:  {Method: "sendMessage", Code: 403, Description: "Forbidden: bot was blocked by the user"},
		bottest.Slow:     {Method: "sendMessage", Code: 429, Description: "Too Many Requests: retry after 3", After: 3},
		bottest.Lost:     {Method: "sendMessage", ApplyDrop: true},
		bottest.Unsaid:   {Method: "sendMessage", Drop: true},
		bottest.Rejected: {Method: "sendMessage", Code: 400, Description: "Bad Request: have no rights to send a message"},
	}[f])
	return true
}

// await returns once ok does, or fails the test.
func await(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("waited in vain for %s", strings.TrimSpace(what))
		}
	}
}
