package coach

import (
	"fmt"

	"legcoach/coach/content"
)

// Command is something a runner can say by name, the same on every platform:
// "/done hill yesterday" is the command done with two options.
type Command struct {
	// Name is what follows the slash: 1 to 32 of a-z, digits and underscores.
	Name string `yaml:"name"`
	// Description is one short line, and Descriptions the same by language (BCP 47).
	Description  string            `yaml:"description"`
	Descriptions map[string]string `yaml:"descriptions"`
	// Private commands are never answered in the open.
	Private bool `yaml:"private"`
	// Options follow the name, in this order, divided by spaces.
	Options []Option `yaml:"options"`
}

// Option is one word or phrase of a command.
type Option struct {
	Name        string `yaml:"name"`
	Description string `yaml:"description"`
	Required    bool   `yaml:"required"`
	// Choices are all that it can be; empty if anything can be typed.
	Choices []Choice `yaml:"choices"`
	// Suggest says that [Coach.Suggest] knows how to complete it.
	Suggest bool `yaml:"suggest"`
}

func readCommands() ([]Command, error) {
	var commands []Command
	if err := content.Decode("commands.yaml", &commands); err != nil {
		return nil, err
	}
	for _, c := range commands {
		if c.Name == "" || c.Description == "" {
			return nil, fmt.Errorf("read content commands.yaml: %q lacks a name or a description", c.Name)
		}
	}
	return commands, nil
}
