// Command legcoach is a running coach that people message on Discord and
// Telegram, and in a terminal.
//
// It joins a coach, a store and the platforms by what a configuration says, and
// does one thing per subcommand: each has a file of its own here. platforms.go
// and stores.go are the tables of what there is to choose from; config.go says
// what can be configured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(program{os.Stdin, os.Stdout, os.Stderr}.run(ctx, os.Args[1:]))
}

// program is legcoach with its three streams.
type program struct {
	in       io.Reader
	out, err io.Writer
}

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitStore  = 74 // a commit whose outcome is unknown (EX_IOERR)
)

// subcommand is one thing that legcoach does.
type subcommand struct {
	name, usage, about string
	do                 func(p program, ctx context.Context, args []string) error
}

// subcommands are listed in the order in which a newcomer meets them.
func subcommands() []subcommand {
	return []subcommand{
		{"run", "run [--config FILE]", "listen, wake and deliver on every configured platform until told to stop", program.runBot},
		{"chat", "chat [--data FILE] [--at TIME] [--zone ZONE] [--json]", "talk in this terminal; /at +13h moves its clock", program.chat},
		{"understand", "understand [--now TIME] [--zone ZONE] [--today KIND] [--explain]", "print what each line of input means, as JSON", understandCommand},
		{"nudges", "nudges --zone ZONE --from TIME --to TIME [--hill CRON] …", "print every reminder instant of schedules", nudgesCommand},
		{"due", "due --data FILE [--at TIME] [--for 24h] [--config FILE]", "say who will be sent what, when, and why or why not", program.due},
		{"check", "check [--config FILE]", "check the configuration, the platforms and the store", program.check},
		{"healthy", "healthy [--config FILE]", "ask the running bot for its health; exit 1 if it has none", program.healthy},
		{"backup", "backup --data FILE OUT", "copy a store", program.backup},
		{"restore", "restore --data FILE BACKUP", "make a store of a backup; never over another", program.restore},
		{"verify", "verify --data FILE", "read every record of a store", program.verify},
		{"export", "export --data FILE ID", "print everything that is kept of a runner", program.export},
		{"import", "import --data FILE EXPORT", "put a runner back who was exported", program.importRunner},
		{"forget", "forget --data FILE ID", "delete everything that is kept of a runner", program.forget},
		{"stats", "stats --data FILE", "count what a store holds", program.stats},
		{"version", "version", "print the version, and those of what it is built on", program.version},
	}
}

// errUsage is a mistake on the command line; its text says what to do.
type errUsage struct{ text string }

func (e errUsage) Error() string { return e.text }

// errHelp asks for the help of a subcommand with these flags.
type errHelp struct{ set *flag.FlagSet }

func (errHelp) Error() string { return flag.ErrHelp.Error() }

func usagef(format string, args ...any) error { return errUsage{fmt.Sprintf(format, args...)} }

// status is the exit code of a subcommand that has said itself what is wrong.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func statusOf(code int) error {
	if code == exitOK {
		return nil
	}
	return status(code)
}

func understandCommand(p program, _ context.Context, args []string) error {
	frugal()
	return statusOf(understand(args, p.in, p.out, p.err))
}

func nudgesCommand(p program, _ context.Context, args []string) error {
	return statusOf(nudges(args, p.out, p.err))
}

// run does what args say and returns the exit code.
func (p program) run(ctx context.Context, args []string) int {
	name, rest := "", args
	if len(args) > 0 {
		name, rest = args[0], args[1:]
	}
	if slices.Contains([]string{"help", "-h", "-help", "--help"}, name) {
		p.help()
		return exitOK
	}
	if name == "" {
		return p.exit(p.bare(ctx))
	}
	for _, s := range subcommands() {
		if s.name == name {
			return p.exit(p.called(s, s.do(p, ctx, rest)))
		}
	}
	return p.exit(usagef("there is no command %q; legcoach --help lists them", clip(name)))
}

// called prints a subcommand's help if that is what was asked for.
func (p program) called(s subcommand, err error) error {
	var help errHelp
	if !errors.As(err, &help) {
		return err
	}
	fmt.Fprintf(p.out, "legcoach %s\n\n%s.\n", s.usage, sentence(s.about))
	help.set.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(p.out, "  %s\n        %s\n", strings.TrimSpace("--"+f.Name+" "+value), usage)
	})
	return nil
}

// bare is legcoach with nothing said: the bot if it is configured here, else the terminal.
func (p program) bare(ctx context.Context) error {
	if _, err := os.Stat("config.yaml"); err == nil {
		return p.runBot(ctx, nil)
	}
	fmt.Fprintln(p.out, "To connect Discord and Telegram, copy config.example.yaml to config.yaml and follow the README; until then we talk here.")
	fmt.Fprintln(p.out)
	return p.chat(ctx, nil)
}

func (p program) exit(err error) int {
	var usage errUsage
	var code status
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		fmt.Fprintf(p.err, "legcoach: %v\n", oneLine(err))
		return exitUsage
	}
	fmt.Fprintf(p.err, "legcoach: %v\n", oneLine(err))
	return exitFailed
}

func (p program) help() {
	fmt.Fprint(p.out, "legcoach coaches runners who want stronger, more toned legs.\n\n")
	fmt.Fprint(p.out, "  legcoach\n        talk in this terminal, or run if config.yaml is here\n")
	for _, s := range subcommands() {
		fmt.Fprintf(p.out, "  legcoach %s\n        %s\n", s.usage, s.about)
	}
}

// flags returns the flags of a subcommand, for its function to declare.
func flags(name string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	return set
}

// parse reads args into declared flags and returns what is left, which must be want words.
func parse(set *flag.FlagSet, args []string, want int) ([]string, error) {
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, errHelp{set}
		}
		return nil, usagef("%s: %v; legcoach %s --help says how", set.Name(), err, set.Name())
	}
	rest := set.Args()
	if len(rest) > want && want == 0 {
		return nil, usagef("%s: %q is not expected; legcoach %s --help says how", set.Name(), rest[0], set.Name())
	}
	if len(rest) != want {
		return nil, usagef("%s: want %d more word(s), have %d; legcoach %s --help says how", set.Name(), want, len(rest), set.Name())
	}
	return rest, nil
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// clip keeps what somebody wrote from filling the terminal.
func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
