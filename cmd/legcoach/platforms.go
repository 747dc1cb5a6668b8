package main

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/bot/discord"
	"legcoach/bot/telegram"
	"legcoach/coach"
	"legcoach/store"
)

// connected is a platform as the program needs it.
type connected interface {
	bot.Platform
	// Check asks the platform who the bot is there.
	Check(ctx context.Context) (string, error)
}

// wiring is what a platform is made of.
type wiring struct {
	config Config
	coach  *coach.Coach
	notes  store.Notes
	log    *slog.Logger
}

// platforms is the table of platforms: whether one is configured, how to open it, and what it takes by HTTP.
var platforms = []struct {
	name  string
	on    func(Config) bool
	open  func(wiring) (connected, error)
	posts func(connected, Config) map[string]http.Handler
}{
	{"telegram", func(c Config) bool { return c.Telegram.Token != "" }, openTelegram, telegramPosts},
	{"discord", func(c Config) bool { return c.Discord.Token != "" }, openDiscord, discordPosts},
}

func (c Config) anyPlatform() bool {
	for _, entry := range platforms {
		if entry.on(c) {
			return true
		}
	}
	return false
}

func openTelegram(w wiring) (connected, error) {
	c := w.config.Telegram
	return telegram.Open(telegram.Config{
		Token: string(c.Token), API: c.API, Proxy: string(c.Proxy),
		Webhook: telegram.Webhook{URL: c.Webhook.URL, Secret: string(c.Webhook.Secret)},
		Menus:   telegramMenus(w.coach),
		Words: telegram.Words{Private: w.coach.Words("private_only"), Open: w.coach.Words("private_open"),
			Foreign: w.coach.Words("not_yours"), Worth: w.coach.Words("worth")},
		Locate: w.coach.Locate,
		Notes:  w.notes, Log: w.log.With("platform", "telegram"),
	})
}

// telegramMenus are the commands in every language that the content has.
func telegramMenus(c *coach.Coach) []telegram.Menu {
	about := telegram.Menu{Name: c.Words("profile_name"), Description: c.Words("profile_about"), Short: c.Words("profile_short")}
	menus := []telegram.Menu{about}
	for language := range c.Commands()[0].Descriptions {
		short, _, _ := strings.Cut(language, "-")
		menus = append(menus, telegram.Menu{Language: short})
	}
	for i := range menus {
		for _, command := range c.Commands() {
			entry := telegram.Command{Name: command.Name, Description: inLanguage(command, menus[i].Language)}
			menus[i].Commands = append(menus[i].Commands, entry)
			if !command.Private {
				menus[i].Group = append(menus[i].Group, entry)
			}
		}
	}
	return menus
}

func inLanguage(c coach.Command, short string) string {
	for language, text := range c.Descriptions {
		if short != "" && strings.HasPrefix(language, short) {
			return text
		}
	}
	return c.Description
}

func telegramPosts(p connected, c Config) map[string]http.Handler {
	if c.Telegram.Webhook.URL == "" {
		return nil
	}
	return map[string]http.Handler{"/telegram": p.(http.Handler)}
}

func openDiscord(w wiring) (connected, error) {
	key, err := publicKey(w.config.Discord.PublicKey)
	if err != nil {
		return nil, err
	}
	return discord.Open(discord.Config{
		Token: string(w.config.Discord.Token), API: w.config.Discord.API,
		Commands: discordCommands(w.coach), Forms: discordForms(w.coach),
		Share: discord.Option{Name: w.coach.Words("share_name"), Names: locales(w.coach.WordsIn("share_name")),
			Description: w.coach.Words("share"), Descriptions: locales(w.coach.WordsIn("share")), Kind: discord.YesNo},
		Suggest: func(_ context.Context, command, option, typed string) []discord.Choice {
			var choices []discord.Choice
			for _, c := range w.coach.Suggest(command, option, typed, time.Now()) {
				choices = append(choices, discord.Choice{Name: c.Label, Value: c.Says})
			}
			return choices
		},
		PublicKey: key,
		Notes:     w.notes, Log: w.log.With("platform", "discord"),
		Words: discord.Words{Foreign: w.coach.Words("not_yours")},
	})
}

// publicKey reads an application's public key; nil if there is none.
func publicKey(digits string) (ed25519.PublicKey, error) {
	if digits == "" {
		return nil, nil
	}
	key, err := hex.DecodeString(digits)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("discord.public_key: want the 64 hexadecimal digits that the developer portal shows")
	}
	return key, nil
}

// discordLocales are Discord's names of the languages that the content has, where they differ.
var discordLocales = map[string][]string{"es": {"es-ES", "es-419"}}

// locales are words by Discord's locale.
func locales(byLanguage map[string]string) map[string]string {
	all := map[string]string{}
	for language, text := range byLanguage {
		names, differs := discordLocales[language]
		if !differs {
			names = []string{language}
		}
		for _, locale := range names {
			all[locale] = text
		}
	}
	return all
}

func discordCommands(c *coach.Coach) []discord.Command {
	var commands []discord.Command
	for _, command := range c.Commands() {
		d := discord.Command{Name: command.Name, Names: locales(command.Names),
			Description: command.Description, Descriptions: locales(command.Descriptions),
			Private: command.Private, Opens: command.Name == "start" || command.Name == "remind"}
		for _, o := range command.Options {
			d.Options = append(d.Options, discord.Option{Name: o.Name, Names: locales(o.Names),
				Description: o.Description, Descriptions: locales(o.Descriptions),
				Kind: discord.Text, Required: o.Required, Suggest: o.Suggest, Choices: discordChoices(o.Choices)})
		}
		commands = append(commands, d)
	}
	return append(commands, discord.Command{Name: c.Words("log_this"), Names: locales(c.WordsIn("log_this")), OnMessage: true, Says: "/done"})
}

func discordChoices(all []coach.Choice) (choices []discord.Choice) {
	for _, c := range all {
		choices = append(choices, discord.Choice{Name: c.Label, Names: locales(c.Labels), Value: c.Says})
	}
	return choices
}

// discordForms are the coach's forms as Discord shows them.
func discordForms(c *coach.Coach) []discord.Form {
	var forms []discord.Form
	for _, f := range c.Forms() {
		d := discord.Form{Name: f.Name, Title: f.Title, Titles: locales(f.Titles), Opens: f.Opens}
		for _, field := range f.Fields {
			d.Fields = append(d.Fields, discord.Field{Name: field.Name, Label: field.Label, Labels: locales(field.Labels),
				Placeholder: field.Placeholder, Placeholders: locales(field.Placeholders),
				Required: field.Required, Says: field.Says, Options: discordChoices(field.Options)})
		}
		forms = append(forms, d)
	}
	return forms
}

func discordPosts(p connected, c Config) map[string]http.Handler {
	if c.Discord.PublicKey == "" {
		return nil
	}
	return map[string]http.Handler{"/discord": p.(*discord.Platform).Interactions()}
}
