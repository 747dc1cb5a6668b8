package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Menu is how the bot presents itself to those who read one language.
type Menu struct {
	// Language is an ISO 639-1 code; empty is for everybody else.
	Language string
	// Commands are offered in private, and Group in groups.
	Commands, Group []Command
	// Name is at most 64 characters, Description (shown before the first
	// message) 512, Short (on the profile) 120. An empty one is left as it is.
	Name, Description, Short string
}

// Command is one entry of the menu: a name of 1 to 32 of a-z, 0-9 and _
// without its slash, and 1 to 256 characters about it.
type Command struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func checkMenus(c Config) error {
	for _, m := range c.Menus {
		for _, cmd := range append(slices.Clone(m.Commands), m.Group...) {
			if !commandName.MatchString(cmd.Name) || cmd.Description == "" || units(cmd.Description) > 256 {
				return fmt.Errorf("command %q must be 1 to 32 of a-z, 0-9 and _, with 1 to 256 characters about it", cmd.Name)
			}
		}
		if len(m.Commands) > 100 || len(m.Group) > 100 || units(m.Name) > 64 || units(m.Description) > 512 || units(m.Short) > 120 {
			return fmt.Errorf("menu %q has more than 100 commands, a name over 64, a description over 512 or a short one over 120 characters", m.Language)
		}
	}
	return nil
}

// present sets menus, names and descriptions where they differ. A failure is
// logged and left for the next start: it keeps nobody from talking.
func (p *Platform) present(ctx context.Context) {
	for _, m := range p.config.Menus {
		p.setCommands(ctx, m.Language, `{"type":"default"}`, m.Commands)
		p.setCommands(ctx, m.Language, `{"type":"all_group_chats"}`, m.Group)
		p.setText(ctx, m.Language, "Name", "name", m.Name)
		p.setText(ctx, m.Language, "Description", "description", m.Description)
		p.setText(ctx, m.Language, "ShortDescription", "short_description", m.Short)
	}
}

func (p *Platform) setCommands(ctx context.Context, language, scope string, want []Command) {
	if len(want) == 0 {
		return
	}
	params := tgbotapi.Params{"scope": scope}
	params.AddNonEmpty("language_code", language)
	var got []Command
	if p.ask(ctx, "getMyCommands", params, &got) == nil && slices.Equal(got, want) {
		return
	}
	if err := params.AddInterface("commands", want); err != nil {
		return
	}
	p.set(ctx, "setMyCommands", params)
}

// setText sets the name or a description. A server that can't tell what is set
// is told when what is wanted differs from what it was last told.
func (p *Platform) setText(ctx context.Context, language, method, field, want string) {
	if want == "" || ctx.Err() != nil {
		return
	}
	params := tgbotapi.Params{}
	params.AddNonEmpty("language_code", language)
	var got map[string]string
	err := p.ask(ctx, "getMy"+method, params, &got)
	note, mark := fmt.Sprintf("%s/menu/%s/%s", name, field, language), digest(p.config.API, p.config.Token, want)
	switch {
	case err == nil && got[field] == want:
		return
	case is(err, 404) && p.noted(ctx, note) == mark:
		return
	}
	params[field] = want
	if p.set(ctx, "setMy"+method, params) && p.config.Notes != nil && is(err, 404) {
		_ = p.config.Notes.SetNote(ctx, note, []byte(mark)) // at worst it is set again
	}
}

func (p *Platform) set(ctx context.Context, method string, params tgbotapi.Params) bool {
	err := p.ask(ctx, method, params, nil)
	if err != nil && ctx.Err() == nil {
		p.log.Warn("could not present the bot; tried again at the next start", "error", err)
	}
	return err == nil
}

func (p *Platform) noted(ctx context.Context, key string) string {
	if p.config.Notes == nil {
		return ""
	}
	b, err := p.config.Notes.Note(ctx, key)
	if err != nil {
		return ""
	}
	return string(b)
}

func digest(parts ...string) string {
	b, err := json.Marshal(parts)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
