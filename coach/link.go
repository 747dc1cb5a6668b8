package coach

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A runner who uses two platforms makes a code on one and says it on the other;
// then one runner is at both addresses. The code is itself an address of the
// runner who made it, "link/K7QF3MXPWA", so that a store finds them by it inside the
// transaction in which the two become one (join.go), and nothing else knows of codes.

const (
	// codeLasts is how long a code can be used, and codeKept how long it is known why it can't be any more.
	codeLasts, codeKept = 10 * time.Minute, 24 * time.Hour
	// maxWrong is how many codes that are none may be said in the time of wrongLasts.
	maxWrong, wrongLasts = 5, time.Hour
	// apartLasts is how long two who were joined can be taken apart into what they were.
	apartLasts = 24 * time.Hour
	// maxLinked is how many addresses one runner can have.
	maxLinked = 8
	// linkPlatform is the platform of codes.
	linkPlatform = "link"
)

// Link is what is kept of joining addresses.
type Link struct {
	// Code is the latest code that was made, without its hyphen, until Until.
	Code  string    `json:"code,omitempty"`
	Until time.Time `json:"until,omitzero"`
	Used  bool      `json:"used,omitempty"`
	// Wrong counts the codes said since Since that were none.
	Wrong int       `json:"wrong,omitempty"`
	Since time.Time `json:"since,omitzero"`
	// Joined is when another runner was taken in; Mine and Theirs are the two as
	// they were before, for a day.
	Joined time.Time `json:"joined,omitzero"`
	Mine   *Runner   `json:"mine,omitempty"`
	Theirs *Runner   `json:"theirs,omitempty"`
}

// Reach is where a runner is spoken to.
type Reach struct {
	// Near is the address for what nobody asked for: the one last used, or the one
	// that was Chosen. Empty means the runner's own ID.
	Near   ID   `json:"near,omitempty"`
	Chosen bool `json:"chosen,omitempty"`
	// Gone are the addresses at which they can't be reached.
	Gone []ID `json:"gone,omitempty"`
}

// Meets returns the address of another runner whom what was said is about: the
// one who made a code, or an address that is to be let go. It is empty if it is
// about nobody else. Such an event is for [Coach.StepBoth].
func (c *Coach) Meets(e Event) ID {
	said, spoke := e.(Said)
	if !spoke || len(said.Text) > maxSaid {
		return ""
	}
	name, words, _ := strings.Cut(strings.TrimSpace(said.Text), " ")
	name, words = strings.ToLower(name), strings.TrimSpace(words)
	switch code, start := strings.CutPrefix(words, "link_"); {
	case name == "/start" && start && isCode(code):
		return codeAddress(code)
	case words == "" && isCode(name):
		return codeAddress(name)
	case name != "/link" && name != "link":
		return ""
	case address.MatchString(words):
		return ID(strings.TrimPrefix(words, "off "))
	case isCode(words):
		return codeAddress(words)
	}
	return ""
}

// codeIn returns the code that plain words are: one that somebody made, or one
// that looks like nothing else after "link".
func (t *turn) codeIn(text string) string {
	code, named := strings.CutPrefix(strings.ToLower(text), "link ")
	made := t.met != nil && !t.met.IsZero()
	if !isCode(code) || !made && !(named && strings.ContainsAny(code, "0123456789")) {
		return ""
	}
	return code
}

var address = regexp.MustCompile(`^off [a-z]{1,16}/[0-9A-Za-z_.:-]{1,40}$`)

// StepBoth is [Coach.Step] for a runner r and the other whom e meets. One of the
// two may become zero, whose addresses the other then has.
func (c *Coach) StepBoth(r, other Runner, e Event, now time.Time) (Runner, Runner, []Line) {
	t := &turn{Coach: c, r: r, now: now, met: &other}
	lines := t.take(e)
	if t.joined {
		return Runner{}, t.r, lines
	}
	return t.r, *t.met, lines
}

// link answers "/link": a code, where it is said, what is linked, and taking it apart.
func (t *turn) link(a ask) {
	words := a.args()
	first, rest, _ := strings.Cut(words, " ")
	switch {
	case t.where != "":
		t.linkInGroup()
	case words == "" && len(t.linked()) > 0:
		t.linkState()
	case words == "" || first == "new":
		t.linkCode()
	case first == "here":
		t.linkHere()
	case first == "off":
		t.unlink(ID(strings.TrimSpace(rest)))
	default:
		t.redeem(words, false)
	}
}

// linkCode makes a code.
func (t *turn) linkCode() {
	if len(t.linked()) >= maxLinked {
		t.say("link_full", nil)
		return
	}
	code := t.newCode()
	l := t.links()
	l.Code, l.Until, l.Used = code, t.now.Add(codeLasts), false
	t.r.Link = &l
	t.r.Also = append(realAddresses(t.r.Also), codeAddress(code))
	t.say("link_code", vars{"code": shownCode(code), "plain": code, "minutes": fmt.Sprint(int(codeLasts.Minutes()))})
}

// newCode is 50 bits that nobody can guess who does not know the secret, and the
// same for as often as the step is repeated.
func (t *turn) newCode() string {
	mac := hmac.New(sha256.New, t.config.Secret)
	fmt.Fprintf(mac, "link %s %d", t.r.ID, t.now.UnixNano())
	return codeLetters.EncodeToString(mac.Sum(nil)[:10])[:codeLength]
}

const codeLength = 10

// codeLetters are those of Crockford's base 32, which are not taken for one another.
var codeLetters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// plainCode is a code as it was made, however it was typed.
func plainCode(s string) string {
	return strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(s))
}

func shownCode(code string) string { return code[:codeLength/2] + "-" + code[codeLength/2:] }

var codeShape = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{10}$`)

func isCode(s string) bool { return len(s) < 4*codeLength && codeShape.MatchString(plainCode(s)) }

func codeAddress(code string) ID { return ID(linkPlatform + "/" + plainCode(code)) }

// redeem answers a code. One that came with a link, which anybody can make, is asked about first.
func (t *turn) redeem(words string, byLink bool) {
	l := t.links()
	made := l
	if t.met != nil && t.met.Link != nil {
		made = *t.met.Link
	}
	own := isCode(words) && slices.Contains(t.r.Also, codeAddress(words))
	known := own || t.met != nil && isCode(words) && slices.Contains(t.met.Also, codeAddress(words)) && made.Code == plainCode(words)
	switch {
	case !isCode(words):
		t.say("link_shape", nil)
	case l.Wrong >= maxWrong:
		t.say("link_wait", vars{"in": t.in(l.Since.Add(wrongLasts))})
	case own && made.Used:
		t.say("link_done", nil)
	case own:
		t.say("link_own", nil)
	case t.met == nil:
		t.say("link_type", vars{"words": "/link " + shownCode(plainCode(words))})
	case !known:
		t.wrongCode(l)
	case made.Used:
		t.say("link_used", nil)
	case !t.now.Before(made.Until):
		t.say("link_expired", vars{"minutes": fmt.Sprint(int(codeLasts.Minutes()))})
	case len(t.linked())+len(realAddresses(t.met.Also))+2 > maxLinked:
		t.say("link_full", nil)
	case byLink:
		t.linkAsk(plainCode(words))
	default:
		t.join()
	}
}

func (t *turn) wrongCode(l Link) {
	if l.Wrong++; l.Wrong == 1 {
		l.Since = t.now
	}
	t.r.Link = &l
	t.say("link_wrong", vars{"minutes": fmt.Sprint(int(codeLasts.Minutes())), "left": t.count(maxWrong-l.Wrong, "try")})
}

// linkInGroup says where to link. A code that others have read is used up.
func (t *turn) linkInGroup() {
	for _, maker := range []*Runner{&t.r, t.met} {
		if maker != nil && maker.Link != nil && maker.Link.Code != "" && !maker.Link.Used {
			l := *maker.Link
			l.Used = true
			maker.Link = &l
		}
	}
	t.say("link_private", nil)
}

// linkState says what is linked, and where reminders go.
func (t *turn) linkState() {
	l := t.say("link_state", vars{"places": t.placesOf(t.addresses()), "near": t.place(t.home())})
	if t.at != "" && t.at != t.home() {
		l.Choices = append(l.Choices, t.phrases.line("link_choose", nil).Choices...)
	}
	for _, a := range t.linked() {
		l.Choices = append(l.Choices, t.phrases.line("link_apart", vars{"place": t.place(a), "address": string(a)}).Choices...)
	}
}

// linkHere keeps reminders in the chat in which it is said, wherever the runner writes from.
func (t *turn) linkHere() {
	if len(t.linked()) == 0 {
		t.say("link_none", nil)
		return
	}
	t.r.Reach.Chosen = true
	t.near(t.at)
	t.say("link_here", vars{"place": t.place(t.home())})
}

// links is a copy of what is kept of linking, as it counts now.
func (t *turn) links() Link {
	if t.r.Link == nil {
		return Link{}
	}
	l := *t.r.Link
	if t.now.Sub(l.Since) >= wrongLasts || t.now.Before(l.Since) {
		l.Wrong, l.Since = 0, time.Time{}
	}
	return l
}

// forgetLinks lets go of what is kept of linking once it is of no use any more.
func (t *turn) forgetLinks() {
	if t.r.Link == nil {
		return
	}
	l := t.links()
	if t.now.Sub(l.Joined) > apartLasts {
		l.Joined, l.Mine, l.Theirs = time.Time{}, nil, nil
	}
	if l.Code != "" && t.now.Sub(l.Until) > codeKept {
		l.Code, l.Until, l.Used = "", time.Time{}, false
		t.r.Also = realAddresses(t.r.Also)
	}
	t.r.Link = &l
	if l == (Link{}) {
		t.r.Link = nil
	}
}

// realAddresses are addresses without codes; nil if there are none.
func realAddresses(all []ID) []ID {
	var kept []ID
	for _, a := range all {
		if a.Platform() != linkPlatform {
			kept = append(kept, a)
		}
	}
	return kept
}

// linked are the runner's further addresses, and addresses all of them.
func (t *turn) linked() []ID    { return realAddresses(t.r.Also) }
func (t *turn) addresses() []ID { return append([]ID{t.r.ID}, t.linked()...) }

// place names the platform of an address.
func (t *turn) place(a ID) string {
	if _, named := t.phrases["place_"+a.Platform()]; named {
		return t.phrases.text("place_"+a.Platform(), nil)
	}
	return capital(a.Platform())
}

func (t *turn) placesOf(all []ID) string {
	var names []string
	for _, a := range all {
		names = append(names, t.place(a))
	}
	return t.list(names)
}
