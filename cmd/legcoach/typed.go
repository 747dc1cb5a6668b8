package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// maxTyped is how much of one input line is read, in bytes; the rest is skipped.
const maxTyped = 16 << 10

// typed is one line, or why there are no more.
type typed struct {
	text string
	err  error
}

// typedLines delivers the lines of in until it ends or ctx does. Reading a
// terminal cannot be interrupted, so it happens beside whoever waits for it.
func typedLines(ctx context.Context, in io.Reader) <-chan typed {
	lines := make(chan typed)
	go func() {
		defer close(lines)
		buffered := bufio.NewReaderSize(in, maxTyped)
		for {
			text, err := readLine(buffered)
			if errors.Is(err, io.EOF) {
				err = nil
				if text == "" {
					return
				}
			}
			select {
			case lines <- typed{text, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return lines
}

// readLine returns the next line without its end, at most maxTyped bytes of it;
// what is not UTF-8 in it is replaced.
func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadSlice('\n')
	kept := strings.ToValidUTF8(string(bytes.TrimRight(line, "\r\n")), "\uFFFD")
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = in.ReadSlice('\n')
	}
	return kept, err
}
