package bolt_test

import (
	"log/slog"
	"path/filepath"
	"testing"

	"legcoach/store/bolt"
	"legcoach/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t testing.TB) (storetest.Store, func() storetest.Store) {
		path := filepath.Join(t.TempDir(), "legcoach.db")
		s := open(t, path)
		return s, func() storetest.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = open(t, path)
			return s
		}
	})
}

// open opens a store in which every failure of a commit is one of the test.
func open(t testing.TB, path string) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(path, bolt.Options{Fatal: func(err error) { t.Error(err) }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
