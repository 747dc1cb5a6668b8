package words_test

import (
	"strings"
	"testing"
	"testing/quick"
	"time"
	"unicode/utf8"

	"legcoach/coach/content"
	"legcoach/coach/words"
)

func TestParseSaysWhatIsMeant(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"Does Running tone your legs?", "does running tone your legs"},
		{"u dont need 2 wks", "you do not need 2 weeks"},
		{"don’t", "do not"},
		{"6x400m, 18.30, 7ish", "6 x 400 m 18 30 7 ish"},
		{"10k in 40min", "10 k in 40 minute"},
		{"sooooo goooood", "so good"},
		{"hamstirngs and qauds", "hamstrings and quads"},
		{"strenght trainning", "strength training"},
		{"runner's knee", "runner knee"},
		{"🏃‍♀️✅", "run done"},
		{"ＦＵＬＬ　ｗｉｄｔｈ éclair", "full width eclair"},
		{"пробежал 5 км", "пробежал 5 км"},
		{"le\x00gs \u200bru\u200bn\xff", "le gs run"},
		{"ruining things", "ruining things"},
		{"", ""},
	} {
		if got := words.Parse(c.written).String(); got != c.want {
			t.Errorf("Parse(%q) says %q, want %q", c.written, got, c.want)
		}
	}
}

func TestParseFindsFamilies(t *testing.T) {
	for _, c := range []struct{ written, concept string }{
		{"steep inclines", "hill"},
		{"my shin-splints", "shin"},
		{"does my bum get firmer", "glute"},
		{"couch to 5k", "start"},
		{"listening to ur body", "listen-body"},
	} {
		if !words.Parse(c.written).Has(c.concept) {
			t.Errorf("Parse(%q) has no %s", c.written, c.concept)
		}
	}
	if got := words.Parse("book me a table for two in Rome").Anchors(); got != 0 {
		t.Errorf("a restaurant has %d anchors of running", got)
	}
}

func TestParsePlacesTokens(t *testing.T) {
	text := words.Parse("Dont run 5km")
	for _, token := range text.Tokens {
		if got := text.Clean[token.Start:token.End]; got != token.Text {
			t.Errorf("Clean[%d:%d] = %q, want %q", token.Start, token.End, got, token.Text)
		}
	}
	if got, want := text.Tokens[1].Start, text.Tokens[0].Start; got != want {
		t.Errorf("the second word of a contraction starts at %d, want %d", got, want)
	}
}

func TestParseIsBounded(t *testing.T) {
	text := words.Parse(strings.Repeat("é", words.MaxChars+1))
	if got := utf8.RuneCountInString(text.Clean); got != words.MaxChars || !text.Cut {
		t.Errorf("read %d characters, cut %t; want %d, true", got, text.Cut, words.MaxChars)
	}
	start := time.Now()
	words.Parse(strings.Repeat("\ufdfa", 1<<20))
	if spent := time.Since(start); spent > time.Second {
		t.Errorf("a megabyte took %s", spent)
	}
}

func TestParseTwiceSaysTheSame(t *testing.T) {
	same := func(message string) bool {
		first := words.Parse(message)
		return words.Parse(message).String() == first.String()
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

func TestCommonWordsAreSorted(t *testing.T) {
	last := ""
	for line := range strings.Lines(content.Common) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line <= last {
			t.Errorf("%q stands after %q", line, last)
		}
		if last = line; !words.Common(line) {
			t.Errorf("%q is not found", line)
		}
	}
	for _, word := range []string{"", "aaaa", "hamstirngs", "zzzz"} {
		if words.Common(word) {
			t.Errorf("%q is found", word)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("did 6x1 min hills last night, legs are jelly")
	f.Add("‘dont’ \xff\x00 ＡＢ🏃‍♀️")
	f.Fuzz(func(t *testing.T, message string) {
		text := words.Parse(message)
		end := 0
		for _, token := range text.Tokens {
			if token.Start < 0 || token.End > len(text.Clean) || token.Start >= token.End {
				t.Fatalf("token %+v is not in %q", token, text.Clean)
			}
			if token.Start < end && token.End != end {
				t.Fatalf("token %+v overlaps the one before", token)
			}
			end = token.End
		}
		if utf8.RuneCountInString(text.Clean) > words.MaxChars {
			t.Fatal("longer than MaxChars")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		words.Parse("did 6x1 min hills last nite, does runing tone ur legs or nah")
	}
}

func BenchmarkParseLong(b *testing.B) {
	long := strings.Repeat("zxqv does running ", words.MaxChars/18)
	for b.Loop() {
		words.Parse(long)
	}
}
