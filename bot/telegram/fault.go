package telegram

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"legcoach/bot"
)

// fault is a call that failed. Its text holds neither the token nor anything
// that came from outside, except what is in the list of known reasons.
type fault struct {
	method string
	code   int           // Telegram's error_code; 0 if the answer was none of Telegram's
	what   string        // the known reason in Telegram's description
	after  time.Duration // how long Telegram asks to wait
	moved  int64         // the chat that the chat has become
	began  bool          // Telegram may have read the call
	cause  error         // what the network said; nil if there was an answer
}

// Error says which call failed, and how.
func (f *fault) Error() string {
	switch {
	case f.cause != nil:
		return fmt.Sprintf("telegram %s: %v", f.method, f.cause)
	case f.what != "":
		return fmt.Sprintf("telegram %s: %d, %s", f.method, f.code, f.what)
	}
	return fmt.Sprintf("telegram %s: %d", f.method, f.code)
}

// Unwrap returns what the network said.
func (f *fault) Unwrap() error { return f.cause }

// reasons are parts of Telegram's descriptions that mean something here. Nothing
// else of a description is kept: some of them repeat what was sent.
var reasons = []string{
	"bot was blocked by the user", "user is deactivated", "bot was kicked", "bot is not a member", "bot can't initiate conversation",
	"bots can't send messages to bots", "chat not found", "user not found", "peer_id_invalid", "group chat was deactivated", "group chat was deleted",
	"upgraded to a supergroup", "can't parse entities", "unsupported start tag", "message is not modified",
	"message to edit not found", "message can't be edited", "there is no text in the message to edit", "message_id_invalid",
	"message thread not found", "topic_closed", "topic_deleted", "message to be replied not found", "reply message not found",
	"not enough rights", "have no rights", "chat_write_forbidden", "message is too long", "caption is too long", "text is empty", "text must be non-empty",
	"button_data_invalid", "reply_markup", "reaction_invalid", "reactions_too_many", "query is too old", "webhook is active", "terminated by other getupdates",
	"method not found", "not found", "photo_invalid", "image_process_failed", "file is too big", "too many requests", "conflict",
}

func reason(description string) string {
	low := strings.ToLower(description)
	for _, r := range reasons {
		if strings.Contains(low, r) {
			return r
		}
	}
	return ""
}

// refusal is how Telegram refuses a call, read with indulgence: the library's
// types would take a whole refusal for garbage if one number in it were written otherwise.
type refusal struct {
	OK          bool   `json:"ok"`
	Code        number `json:"error_code"`
	Description any    `json:"description"`
	Parameters  struct {
		After number `json:"retry_after"`
		Moved number `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// number is an integer, however it is written; 0 if it is none.
type number int64

// UnmarshalJSON never fails.
func (n *number) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		*n = number(i)
	} else if x, err := strconv.ParseFloat(text, 64); err == nil && math.Abs(x) < 1<<53 {
		*n = number(math.Ceil(x))
	}
	return nil
}

// longestWait bounds what Telegram, or what is between, may ask for.
const longestWait = 24 * time.Hour

func seconds(n number) time.Duration {
	return min(time.Duration(max(0, min(n, 1<<31)))*time.Second, longestWait)
}

// explain makes a fault of a call that failed. The library leaves the code out of
// the errors of uploads, so it is taken from the answer itself.
func (s *seam) explain(method string, err error) *fault {
	f := &fault{method: method, began: s.began.Load()}
	var r refusal
	if json.Unmarshal(s.answer, &r) == nil && r.Code != 0 && !r.OK {
		description, _ := r.Description.(string)
		f.code, f.what = int(r.Code), reason(description)
		f.after, f.moved = seconds(r.Parameters.After), int64(r.Parameters.Moved)
		return f
	}
	var refused *tgbotapi.Error
	if f.cause = s.harmless(err); errors.As(err, &refused) {
		f.cause = s.foreign()
	}
	switch {
	case s.status == http.StatusTooManyRequests: // something in between asks to wait
		var after number
		_ = after.UnmarshalJSON([]byte(s.header.Get("Retry-After")))
		f.code, f.after, f.cause = s.status, seconds(after), nil
	case s.status >= 300 && s.status < 500: // something in between kept the call to itself
		f.began = false
	}
	return f
}

// foreign is an answer that Telegram never gives.
func (s *seam) foreign() error {
	return fmt.Errorf("the answer is not one of the Bot API (HTTP %d)", s.status)
}

// harmless returns an error without addresses and without foreign bytes.
func (s *seam) harmless(err error) error {
	var op *net.OpError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.As(err, &dns):
		return dns
	case errors.As(err, &op):
		return op
	case errors.As(err, &cert):
		return errors.New("the server's certificate is not trusted")
	case s.status != 0 && (errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return s.foreign()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the connection was closed before the answer")
	}
	return errors.New("the connection broke")
}

// is reports whether err is a fault with a code, and with one of these reasons if any are given.
func is(err error, code int, reasons ...string) bool {
	var f *fault
	if !errors.As(err, &f) || f.code != code {
		return false
	}
	for _, r := range reasons {
		if f.what == r {
			return true
		}
	}
	return len(reasons) == 0
}

// gone are the reasons for which an address is not reached any more.
var gone = []string{"bot was blocked by the user", "user is deactivated", "bot was kicked", "bot is not a member", "bot can't initiate conversation",
	"bots can't send messages to bots", "chat not found", "user not found", "peer_id_invalid", "group chat was deactivated", "group chat was deleted"}

// settled says in the words of package bot what became of a send. A call that
// may be repeated without effect is never in doubt.
func settled(err error, repeatable bool) error {
	var f *fault
	if !errors.As(err, &f) {
		return err
	}
	switch {
	case f.code == 429:
		return &bot.DelayError{After: max(f.after, time.Second)}
	case f.code == 403 && f.what != "not enough rights" && f.what != "have no rights", is(f, 400, gone...):
		return fmt.Errorf("%w: %w", bot.ErrGone, f)
	case f.code == 401, f.code == 404:
		return f // the token or the server, not the message
	case f.code >= 400 && f.code < 500:
		return fmt.Errorf("%w: %w", bot.ErrRefused, f)
	case f.began && !repeatable:
		return fmt.Errorf("%w: %w", bot.ErrUnknown, f)
	}
	return f
}
