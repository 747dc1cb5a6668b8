// Package content holds every word and number that the coach uses, as data
// files that are embedded in the program.
//
// Code chooses a line; it does not phrase it. To change what the coach says,
// knows or understands, edit one of the files beside this one; the packages
// that read them check them in their tests.
package content

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"

	"github.com/goccy/go-yaml"
)

//go:embed article.txt reading places lines.yaml commands.yaml follows.yaml forms.yaml hints.yaml
//go:embed words phrasings topics.yaml gate.yaml
//go:embed plan nudges
//go:embed safety
var files embed.FS

// Files is the folder of content.
func Files() fs.FS { return files }

// Text returns the file with this name.
func Text(name string) (string, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read content %s: %w", name, err)
	}
	return string(data), nil
}

// Decode reads the YAML file with this name into a value, strictly: a key that
// the value does not have, or that stands twice, is an error that names its line.
func Decode(name string, into any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read content %s: %w", name, err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("read content %s: %w", name, err)
	}
	return nil
}
