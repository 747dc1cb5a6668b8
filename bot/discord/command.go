package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Command is a slash command, or an entry in the menu of a message.
type Command struct {
	// Name is 1 to 32 lower-case letters, digits, - and _. The name in a message's menu may be any words.
	Name string
	// Description is up to 100 characters; a message's menu has none.
	Description string
	// Names and Descriptions are the same in other languages, by Discord's locale ("de", "es-ES", "fr", "pt-BR").
	Names, Descriptions map[string]string
	// Options are filled in by the person, the required ones first.
	Options []Option
	// Private commands have no share option.
	Private bool
	// Opens commands ask for something that comes later, in private: the bot opens
	// the person's private channel when it hears one.
	Opens bool
	// OnMessage puts the command into the menu of messages. Used on the person's own
	// message it says that message's text, or Says if it has none.
	OnMessage bool
	Says      string
}

// Option is something to fill in. Its words follow the command's name.
type Option struct {
	Name, Description   string
	Names, Descriptions map[string]string
	Kind                Kind
	Required            bool
	Choices             []Choice // up to 25; none if it is free
	Suggest             bool     // completed by Config.Suggest while it is typed
	Min, Max            int      // of numbers, or of a text's length; zero means none
}

// Kind is what an option takes.
type Kind int

// What an option takes: https://docs.discord.com/developers/interactions/application-commands
const (
	Text   Kind = 3
	Number Kind = 4
	YesNo  Kind = 5
)

// Choice is one of the values of an option. Value is what it says.
type Choice struct {
	Name, Value string
	Names       map[string]string
}

const contextMessage = 3 // the type of a command in a message's menu

// The shapes that Discord keeps. Both ours and what is registered are read into them, to be compared.
type wireCommand struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Options      []wireOption      `json:"options,omitempty"`
	Contexts     []int             `json:"contexts,omitempty"`
	Integrations []int             `json:"integration_types,omitempty"`
}

type wireOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Choices      []wireChoice      `json:"choices,omitempty"`
	Suggest      bool              `json:"autocomplete,omitempty"`
	Min          int               `json:"min_value,omitempty"`
	Max          int               `json:"max_value,omitempty"`
	MinLength    int               `json:"min_length,omitempty"`
	MaxLength    int               `json:"max_length,omitempty"`
}

type wireChoice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// command finds a command by its name; the zero Command if there is none.
func (p *Platform) command(name string) Command {
	for _, c := range p.config.Commands {
		if c.Name == name {
			return c
		}
	}
	return Command{}
}

// wired is a command as Discord keeps it: usable in servers, in the bot's own
// chat and, installed by a person, anywhere.
func (c Command) wired(share Option) wireCommand {
	w := wireCommand{Type: 1, Name: c.Name, Names: c.Names, Description: c.Description, Descriptions: c.Descriptions,
		Contexts: []int{0, 1, 2}, Integrations: []int{0, 1}}
	if c.OnMessage {
		w.Type, w.Description, w.Descriptions = contextMessage, "", nil
		return w
	}
	for _, o := range c.Options {
		w.Options = append(w.Options, o.wired())
	}
	if share.Name != "" && !c.Private {
		w.Options = append(w.Options, share.wired())
	}
	return w
}

func (o Option) wired() wireOption {
	w := wireOption{Type: int(orElse(o.Kind, Text)), Name: o.Name, Names: o.Names, Description: o.Description, Descriptions: o.Descriptions,
		Required: o.Required, Suggest: o.Suggest && len(o.Choices) == 0}
	if w.Type == int(Text) {
		w.MinLength, w.MaxLength = o.Min, o.Max
	} else {
		w.Min, w.Max = o.Min, o.Max
	}
	for _, c := range o.Choices {
		w.Choices = append(w.Choices, wireChoice(c.wired()))
	}
	return w
}

func (c Choice) wired() wireChoice { return wireChoice{Name: c.Name, Names: c.Names, Value: c.Value} }

// register makes Discord's list of commands the same as ours, if it differs. It
// tries until that is done, and returns an error only if the operator has to act.
func (p *Platform) register(ctx context.Context) error {
	wait := time.Second
	for {
		err := p.registered(ctx)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		if refusedForGood(err) {
			return fmt.Errorf("register the commands: %w", err)
		}
		p.log.warn("register the commands; tried again", err)
		var f *fault
		if errors.As(err, &f) {
			wait = max(wait, f.after)
		}
		if !pause(ctx, wait) {
			return nil
		}
		wait = min(2*wait, time.Minute)
	}
}

// refusedForGood reports whether Discord will never take the commands as they are.
func refusedForGood(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.status == http.StatusBadRequest && !f.strange
}

func (p *Platform) registered(ctx context.Context) error {
	if p.config.Commands == nil {
		return nil
	}
	var app struct{ ID string }
	if err := p.client.do(ctx, call{method: http.MethodGet, path: "/applications/@me", repeatable: true}, &app); err != nil {
		return err
	}
	if !snowflake(app.ID) {
		return errors.New("discord does not name the application")
	}
	path := "/applications/" + app.ID + "/commands"
	var there []wireCommand
	if err := p.client.do(ctx, call{method: http.MethodGet, path: path + "?with_localizations=true", repeatable: true}, &there); err != nil {
		return err
	}
	ours := make([]wireCommand, 0, len(p.config.Commands))
	for _, c := range p.config.Commands {
		ours = append(ours, c.wired(p.config.Share))
	}
	if same(ours, there) {
		return nil
	}
	return p.client.do(ctx, call{method: http.MethodPut, path: path, body: ours, repeatable: true}, nil)
}

// same reports whether two lists of commands are the same but for their order.
func same(a, b []wireCommand) bool { return bytes.Equal(canonical(a), canonical(b)) }

func canonical(all []wireCommand) []byte {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b wireCommand) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name))
	})
	for i := range all {
		all[i].Type = orElse(all[i].Type, 1)
		all[i].Contexts, all[i].Integrations = sorted(all[i].Contexts), sorted(all[i].Integrations)
	}
	data, _ := json.Marshal(all) // strings, numbers and booleans cannot fail
	return data
}

func sorted(all []int) []int {
	all = slices.Clone(all)
	slices.Sort(all)
	return all
}
