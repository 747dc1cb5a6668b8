package main

import (
	"fmt"
	"io"
)

// Secret is a value that never prints.
type Secret string

const redacted = "[redacted]"

// String returns "[redacted]", or nothing for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// Format keeps every verb of package fmt from printing the secret: %d and %#v do not ask String.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) } // fmt has no way to fail

// MarshalText keeps encoders from writing the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
