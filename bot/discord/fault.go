package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fault is what went wrong with a call. It never holds an address or a token.
type fault struct {
	route      string
	status     int           // zero if no answer was read
	code       int           // Discord's own code, zero if it sent none
	text       string        // Discord's own words
	detail     string        // the fields that Discord refuses, if it said
	after      time.Duration // how long to wait, if it said
	global     bool          // the wait is for everything
	strange    bool          // the answer was not Discord's but that of a machine before it
	reached    bool          // the request may have been acted upon
	repeatable bool
}

func (f *fault) Error() string {
	switch {
	case f.status == 0 && f.reached:
		return f.route + ": the answer was lost"
	case f.status == 0:
		return f.route + ": no connection to discord: " + f.text
	case f.strange:
		return fmt.Sprintf("%s: status %d, not from discord", f.route, f.status)
	}
	return fmt.Sprintf("%s: status %d, code %d %s%s", f.route, f.status, f.code, f.text, f.detail)
}

// read takes apart an answer that is no success.
func (f *fault) read(status int, header http.Header, answer []byte) {
	var said struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
		After   float64         `json:"retry_after"`
		Global  bool            `json:"global"`
	}
	f.status = status
	f.reached = status >= 500
	f.strange = decode(answer, &said) != nil
	f.code, f.text = said.Code, clip(said.Message, 200)
	if len(said.Errors) > 0 {
		f.detail = ": " + clip(string(said.Errors), 500)
	}
	f.after = within(said.After, time.Hour)
	if f.after == 0 {
		f.after = within(number(header.Get("Retry-After")), time.Hour)
	}
	if f.after == 0 && status == http.StatusTooManyRequests {
		f.after = time.Second // it does not say for how long
	}
	f.global = said.Global || header.Get("X-RateLimit-Global") != ""
}

// number is a header's; zero if it is none.
func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return n
}

// within is a number of seconds up to most; zero for what is no length of time.
func within(seconds float64, most time.Duration) time.Duration {
	if !(seconds > 0) { // what is not a number is not either
		return 0
	}
	return time.Duration(min(seconds, most.Seconds()) * float64(time.Second))
}

// refusedWith reports whether Discord refused a call with one of these codes.
func refusedWith(err error, codes ...int) bool {
	var f *fault
	return errors.As(err, &f) && slices.Contains(codes, f.code)
}

// over reports whether an interaction's webhook knows nothing of it: never answered, or too old.
func over(err error) bool {
	var f *fault
	return errors.As(err, &f) && !f.strange && (f.status == http.StatusNotFound || f.status == http.StatusUnauthorized)
}

// maybeDone reports whether a call may have been acted upon although it failed.
func maybeDone(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.reached
}

// lost reports whether no answer was read.
func lost(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.status == 0
}

// route names a call without what is secret or personal in it.
func route(k call) string {
	parts := strings.Split(strings.SplitN(k.path, "?", 2)[0], "/")
	for i, part := range parts {
		if snowflake(part) || (i == 3 && (parts[1] == "interactions" || parts[1] == "webhooks")) {
			parts[i] = "…"
		}
	}
	return k.method + " " + strings.Join(parts, "/")
}

// cause is the innermost reason of an error: what wraps it names the address, and with it a token.
func cause(err error) string {
	if err == nil {
		return "nothing was answered"
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
