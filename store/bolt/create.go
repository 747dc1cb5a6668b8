package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// form is what this version makes, kept in meta. It reads formBefore too, in
// which runners were JSON, and makes it form on opening: records follow as they change.
const (
	form       = "legcoach 2"
	formBefore = "legcoach 1"
)

// markerText is what stands in the marker, for whoever wonders.
const markerText = `This file says that a store of legcoach was made beside it, so that a lost store
is noticed and not replaced by an empty one. Remove both files to begin anew.
`

// Marker returns the path of the file that says that there is a store at path.
func Marker(path string) string { return path + ".made" }

// present reports whether there may be a store at path: nil if so,
// fs.ErrNotExist if there never was one, and any other error if it should be there.
func present(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return errors.New("it is not a regular file")
	case err == nil && info.Size() == 0:
		return errors.New("the file is empty, which a store never is; restore the newest backup in its place, " +
			"or remove it and " + Marker(path) + " to begin anew")
	case err == nil || !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if _, marked := os.Stat(Marker(path)); marked == nil {
		return errors.New("the file is gone; put it back or restore the newest backup with legcoach restore, " +
			"or remove " + Marker(path) + " to begin anew")
	} else if !errors.Is(marked, fs.ErrNotExist) {
		return marked
	}
	return fs.ErrNotExist
}

// create makes the file at path: whole, on disk, and never in place of another.
// Fill puts in what a store begins with; nil means nothing.
func create(path string, fill func(*bolt.DB) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	defer func() {
		if removed := os.Remove(tmp.Name()); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, removed)
		}
	}()
	if err := errors.Join(build(tmp.Name(), fill), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := publish(tmp.Name(), path); err != nil {
		return err
	}
	return syncDir(path)
}

// build makes the empty file at path a store.
func build(path string, fill func(*bolt.DB) error) error {
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoFreelistSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	if fill == nil {
		fill = begin
	}
	return errors.Join(fill(db), db.Close())
}

// begin makes the buckets of an empty store.
func begin(db *bolt.DB) error {
	return db.Update(func(t *bolt.Tx) error {
		for _, name := range buckets {
			if _, err := t.CreateBucket(name); err != nil {
				return err
			}
		}
		return newTx(t).setForm()
	})
}

// setForm writes down that the store is of this version.
func (t *tx) setForm() error {
	if was, err := get(t.in(inMeta), []byte("form")); err != nil || string(was) == form {
		return err
	}
	return t.put(t.in(inMeta), []byte("form"), []byte(form))
}

// publish gives the file at tmp the name path unless that is taken. A rename would replace what is there,
// so it is a link; a file system without links gets the rename.
func publish(tmp, path string) error {
	err := os.Link(tmp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("%s: %w", path, fs.ErrExist))
	}
	return os.Rename(tmp, path)
}

// mark makes the marker of the store at path, if it is not there.
func mark(path string) error {
	f, err := os.OpenFile(Marker(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(markerText)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return syncDir(path)
}

// syncDir makes the names in the folder of path last.
func syncDir(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
