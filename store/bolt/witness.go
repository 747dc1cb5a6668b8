package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Witnessed returns the path of the file that keeps the word beside the store at path.
func Witnessed(path string) string { return path + ".last" }

// Witness implements store.Witness.
func (s *Store) Witness(ctx context.Context) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	word, err := os.ReadFile(Witnessed(s.path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return word, err
}

// SetWitness implements store.Witness. The word is replaced as a whole, and not
// synced: what a power cut leaves is an earlier one.
func (s *Store) SetWitness(ctx context.Context, word []byte) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	path := Witnessed(s.path)
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return fmt.Errorf("write beside the store: %w", err)
	}
	_, err = f.Write(word)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write beside the store: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
