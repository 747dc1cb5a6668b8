package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/reading"
	"legcoach/coach/reading/score"
)

const understandUsage = `usage: legcoach understand [--now TIME] [--zone ZONE] [--today KIND] [--explain] < messages
       legcoach understand --score FILE|DIR…

Prints what each message means, one JSON object a line.

  --now TIME    the time it is said, RFC 3339 (default: now)
  --zone ZONE   the zone it is said in, IANA (default: UTC)
  --today KIND  what the plan holds today: hill, interval, strength, easy, rest
  --explain     adds what decided: the rules, what was learned, the runner-up
  --score       measures labelled messages (JSON Lines) instead, and prints a table
  --misses      with --score, prints every message that was not understood
`

// understanding is what the flags of understand say.
type understanding struct {
	context  reading.Context
	explain  bool
	score    bool
	misses   bool
	nowGiven bool
	files    []string
}

// understand prints what the messages of in mean, one per line.
// It returns the exit code: 0, 1 if a file cannot be read, or 2 for wrong usage.
func understand(args []string, in io.Reader, out, errOut io.Writer) int {
	u, err := parseUnderstanding(args, time.Now())
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, understandUsage)
		return 0
	}
	if err != nil {
		fmt.Fprintf(errOut, "legcoach understand: %v; see --help\n", err)
		return 2
	}
	reader, err := reading.New()
	debug.FreeOSMemory() // what reading the content left behind is megabytes that nobody needs again
	if err == nil && u.score {
		err = u.measure(reader, out)
	} else if err == nil {
		err = u.readLines(reader, in, out)
	}
	if err != nil {
		fmt.Fprintf(errOut, "legcoach understand: %v\n", err)
		return 1
	}
	return 0
}

// frugal makes the program use less memory, and a little more time.
func frugal() {
	runtime.GOMAXPROCS(1)  // lines are read one after another, and each further processor holds memory of its own
	debug.SetGCPercent(25) // what is read is small, and what is kept is not
}

// parseUnderstanding reads the flags; clock is the default of --now.
func parseUnderstanding(args []string, clock time.Time) (understanding, error) {
	flags := flag.NewFlagSet("understand", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	now := flags.String("now", "", "")
	zone := flags.String("zone", "UTC", "")
	today := flags.String("today", "", "")
	u := understanding{}
	flags.BoolVar(&u.explain, "explain", false, "")
	flags.BoolVar(&u.score, "score", false, "")
	flags.BoolVar(&u.misses, "misses", false, "")
	if err := flags.Parse(args); err != nil {
		return u, err
	}
	u.files = flags.Args()
	if len(u.files) > 0 && !u.score {
		return u, fmt.Errorf("messages are read from standard input, not from %q", u.files[0])
	}
	if len(u.files) == 0 && u.score {
		return u, errors.New("--score needs files or folders")
	}
	location, err := day.Zone(*zone)
	if err != nil {
		return u, fmt.Errorf("--zone %q is no IANA time zone, such as Europe/Berlin", *zone)
	}
	if *now != "" {
		if clock, err = time.Parse(time.RFC3339, *now); err != nil {
			return u, fmt.Errorf("--now %q is no RFC 3339 time, such as 2026-11-22T18:00:00Z", *now)
		}
		u.nowGiven = true
	}
	kind, known := day.ParseKind(*today)
	if *today != "" && !known {
		return u, fmt.Errorf("--today %q is none of hill, interval, strength, easy, rest", *today)
	}
	u.context = reading.Context{Now: clock.In(location), Zone: location, DayStarts: day.At(4, 0), Today: kind}
	return u, nil
}

// readLines prints a reading for every line; an empty line for an empty one.
func (u understanding) readLines(reader *reading.Reader, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 1<<16)
	w := bufio.NewWriter(out)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for {
		text, more, err := nextLine(lines)
		if err != nil {
			return fmt.Errorf("read messages: %w", err)
		}
		if !more {
			return w.Flush()
		}
		if strings.TrimSpace(text) == "" {
			fmt.Fprintln(w)
		} else if err := encoder.Encode(u.understood(reader, text)); err != nil {
			return fmt.Errorf("write readings: %w", err)
		}
		if lines.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return fmt.Errorf("write readings: %w", err)
			}
		}
	}
}

// explained is a reading with what decided it.
type explained struct {
	reading.Reading
	Explain reading.Explanation `json:"explain"`
}

func (u understanding) understood(reader *reading.Reader, text string) any {
	if !u.explain {
		return reader.Read(text, u.context)
	}
	r, why := reader.Explain(text, u.context)
	return explained{r, why}
}

// maxLine is how many bytes of a line are kept: more than any message that is read has.
const maxLine = 4*reading.MaxChars + 4

// nextLine returns the next line without its end, cut at maxLine, and false after the last.
func nextLine(lines *bufio.Reader) (string, bool, error) {
	var kept []byte
	for {
		part, err := lines.ReadSlice('\n')
		kept = append(kept, part[:min(len(part), maxLine-len(kept))]...)
		switch {
		case err == nil:
			return strings.TrimRight(string(kept), "\r\n"), true, nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return strings.TrimRight(string(kept), "\r\n"), len(kept) > 0, nil
		default:
			return "", false, err
		}
	}
}

// measure prints how much of labelled files is understood. Without --now, the
// labels' own: 2026-11-24T19:30, or 2026-12-02T12:15 of a folder called learn, in London.
func (u understanding) measure(reader *reading.Reader, out io.Writer) error {
	files, err := labelled(u.files)
	if err != nil {
		return err
	}
	var table score.Table
	for _, name := range files {
		now := u.context.Now
		if !u.nowGiven {
			if now, err = labelTime(name); err != nil {
				return err
			}
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = table.Read(f, func(q, today string) reading.Reading { return reader.Read(q, score.Context(now, today)) })
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if u.misses {
		for _, m := range table.Misses {
			fmt.Fprintf(out, "%s\n    want %s\n    got  %s\n", m.Said, m.Want, m.Got)
		}
	}
	_, err = io.WriteString(out, table.String())
	return err
}

func labelTime(name string) (time.Time, error) {
	if filepath.Base(filepath.Dir(name)) == "learn" {
		return score.At("2026-12-02T12:15:00Z", "Europe/London")
	}
	return score.At("2026-11-24T19:30:00Z", "Europe/London")
}

// labelled returns the files named, and those of the folders named, in order.
func labelled(names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, name)
			continue
		}
		inside, err := filepath.Glob(filepath.Join(name, "*.jsonl"))
		if err != nil {
			return nil, err
		}
		slices.Sort(inside)
		files = append(files, inside...)
	}
	return files, nil
}
