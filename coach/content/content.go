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
	"io"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed article.txt reading places lines.yaml commands.yaml follows.yaml forms.yaml hints.yaml
//go:embed words/concepts.txt words/domain.txt words/everyday.txt words/spellings.txt phrasings topics.yaml gate.yaml
//go:embed plan nudges
//go:embed safety
var files embed.FS

// Common is words/common.txt: sorted lines, one common English word each, below
// some of comment. It is half of all content, so it is not copied to be read.
//
//go:embed words/common.txt
var Common string

// Files is the folder of content, without words/common.txt.
func Files() fs.FS { return files }

// Text returns the file with this name.
func Text(name string) (string, error) {
	if text := standing(name); text != "" {
		return text, nil
	}
	file, err := files.Open(name)
	if err != nil {
		return "", fmt.Errorf("read content %s: %w", name, err)
	}
	defer func() { _ = file.Close() }() // what is embedded closes without fail
	var text strings.Builder
	if info, err := file.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	if _, err := io.CopyBuffer(&text, file, make([]byte, 4096)); err != nil {
		return "", fmt.Errorf("read content %s: %w", name, err)
	}
	return text.String(), nil
}

// Decode reads the YAML file with this name into a value, strictly: a key that
// the value does not have, or that stands twice, is an error that names its line.
// The library is not the one that reads the configuration: it says less about
// mistakes, and reads three times as fast with a quarter of the garbage.
func Decode(name string, into any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read content %s: %w", name, err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("read content %s: %w", name, err)
	}
	return nil
}
