package bolt

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// strict is for examine: a file whose last commit may be lost is an error too.
const (
	strict  = true
	lenient = false
)

// examine reads every page of the file at path with bounds checked, and returns
// what is wrong with it. bbolt itself trusts page numbers and sizes, in a memory map and partly
// in goroutines of its own, so that a damaged file ends the process.
func examine(path string, timeout time.Duration, strictly bool) error {
	db, file, err := openFile(path, &bolt.Options{ReadOnly: true, Timeout: timeout})
	if err != nil {
		return err
	}
	defer db.Close() // only read: nothing is lost if it fails
	if err := walk(file, strictly); err != nil {
		return err
	}
	return (&Store{path: path, db: db}).view(checkForm)
}

// checkForm reports a bbolt file that this version did not make.
func checkForm(t *tx) error {
	for _, name := range buckets {
		if t.in(name) == nil {
			return damaged("it is a bbolt file without the bucket %q", name)
		}
	}
	got, err := get(t.in(inMeta), []byte("form"))
	if err != nil {
		return err
	}
	if string(got) != form && string(got) != formBefore {
		return damaged("its form is %q and not %q, so a newer legcoach may have made it", got, form)
	}
	return nil
}

// The layout of a bbolt file, version 2: native byte order; a page is a header of
// id 8, flags 2, count 2, overflow 4; elements of 16 bytes follow and what they point to.
const (
	headSize = 16
	elemSize = 16

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10
	flagBucket   = 0x01 // of an element of a leaf

	magic      = 0xED0CDAED
	fileForm   = 2
	noFreelist = ^uint64(0)
)

var native = binary.NativeEndian

// meta is what a meta page says.
type meta struct {
	pageSize             uint32
	root, freelist, high uint64 // page numbers; high is the first that is not in use
	txid                 uint64
}

// readMeta returns the meta page at an offset, and whether it is whole.
func readMeta(r io.ReaderAt, offset int64) (meta, bool) {
	b := make([]byte, 64)
	if _, err := r.ReadAt(b, offset+headSize); err != nil {
		return meta{}, false
	}
	h := fnv.New64a()
	h.Write(b[:56])
	if native.Uint32(b) != magic || native.Uint32(b[4:]) != fileForm || native.Uint64(b[56:]) != h.Sum64() {
		return meta{}, false
	}
	return meta{
		pageSize: native.Uint32(b[8:]), root: native.Uint64(b[16:]), freelist: native.Uint64(b[32:]),
		high: native.Uint64(b[40:]), txid: native.Uint64(b[48:]),
	}, true
}

// readMetas returns the newer of the two meta pages.
func readMetas(file *os.File, strictly bool) (meta, error) {
	first, ok0 := readMeta(file, 0)
	size := int64(first.pageSize)
	if !ok0 {
		size = int64(os.Getpagesize())
	}
	second, ok1 := readMeta(file, size)
	switch {
	case !ok0 && !ok1:
		return meta{}, damaged("both of its meta pages are broken")
	case (!ok0 || !ok1) && strictly:
		return meta{}, damaged("one of its meta pages is broken, so that its last commit may be lost; " +
			"what is left can be saved by restoring from this very file to another path")
	case ok0 && (!ok1 || first.txid >= second.txid):
		return first, nil
	}
	return second, nil
}

// maxDepth is deeper than any tree of bbolt.
const maxDepth = 64

// walker remembers which pages it was at, together with those that walk beside it.
type walker struct {
	file io.ReaderAt
	meta meta
	at   []atomic.Bool
	bufs [maxDepth + 1][]byte // a page, or as many as belong together, for each level of the tree
}

// walk reads the pages of a bbolt file from its root and returns what is wrong with them.
func walk(file *os.File, strictly bool) error {
	m, err := readMetas(file, strictly)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if m.pageSize < 1024 || m.pageSize > 1<<24 {
		return damaged("its pages have %d bytes", m.pageSize)
	}
	if pages := uint64(info.Size()) / uint64(m.pageSize); m.high > pages {
		return damaged("it is cut off: %d of %d pages are there", pages, m.high)
	}
	w := &walker{file: file, meta: m, at: make([]atomic.Bool, m.high)}
	if m.freelist != noFreelist {
		if err := w.freelist(m.freelist); err != nil {
			return err
		}
	}
	return w.page(m.root, 0, nil, nil)
}

// read returns the page with a number, in memory that the next one at the same depth takes.
func (w *walker) read(id uint64, depth int) ([]byte, error) {
	if depth > maxDepth {
		return nil, damaged("page %d lies too deep", id)
	}
	if id < 2 || id >= w.meta.high {
		return nil, damaged("there is no page %d", id)
	}
	size := uint64(w.meta.pageSize)
	if w.bufs[depth] == nil {
		w.bufs[depth] = make([]byte, size)
	}
	b := w.bufs[depth][:size]
	if _, err := w.file.ReadAt(b, int64(id*size)); err != nil {
		return nil, damaged("page %d: %v", id, err)
	}
	more := uint64(native.Uint32(b[12:]))
	if native.Uint64(b) != id || id+more >= w.meta.high {
		return nil, damaged("page %d says that it is page %d of %d", id, native.Uint64(b), more+1)
	}
	for i := id; i <= id+more; i++ {
		if w.at[i].Swap(true) {
			return nil, damaged("page %d is used twice", i)
		}
	}
	if more == 0 {
		return b, nil
	}
	b = append(b, make([]byte, more*size)...)
	w.bufs[depth] = b
	if _, err := w.file.ReadAt(b[size:], int64((id+1)*size)); err != nil {
		return nil, damaged("page %d: %v", id, err)
	}
	return b, nil
}

func (w *walker) freelist(id uint64) error {
	b, err := w.read(id, 0)
	if err != nil {
		return err
	}
	count, from := uint64(native.Uint16(b[10:])), uint64(headSize)
	if count == 0xFFFF {
		count, from = native.Uint64(b[headSize:]), headSize+8
	}
	if native.Uint16(b[8:]) != flagFreelist || count > (uint64(len(b))-from)/8 {
		return damaged("page %d is no list of free pages", id)
	}
	for ; count > 0; count, from = count-1, from+8 {
		if free := native.Uint64(b[from:]); free < 2 || free >= w.meta.high {
			return damaged("page %d lists the page %d as free", id, free)
		}
	}
	return nil
}

// page walks a branch or leaf and what is below it. Its keys begin at least with one key
// and end before another, where these are not nil, as what leads to it says.
func (w *walker) page(id uint64, depth int, least, before []byte) error {
	b, err := w.read(id, depth)
	if err != nil {
		return err
	}
	switch native.Uint16(b[8:]) {
	case flagBranch:
		return w.branch(id, b, depth, least, before)
	case flagLeaf:
		return w.leaf(id, b, depth, least, before)
	}
	return damaged("page %d is neither branch nor leaf", id)
}

// follows reports whether key may come as the i-th of a page.
func follows(i int, key, last, before []byte) bool {
	order := bytes.Compare(last, key)
	return (order < 0 || i == 0 && order == 0) && (before == nil || bytes.Compare(key, before) < 0)
}

func (w *walker) branch(id uint64, b []byte, depth int, last, before []byte) error {
	count := int(native.Uint16(b[10:]))
	if count == 0 || headSize+count*elemSize > len(b) {
		return damaged("page %d has %d elements", id, count)
	}
	keys := make([][]byte, count+1)
	keys[count] = before
	for i := range count {
		at := headSize + i*elemSize
		key, ok := slice(b, at, native.Uint32(b[at:]), native.Uint32(b[at+4:]))
		if !ok {
			return damaged("page %d has a bad key", id)
		}
		if !follows(i, key, last, before) {
			return damaged("page %d has a key out of order", id)
		}
		keys[i], last = key, key
	}
	child := func(w *walker, i int) error {
		return w.page(native.Uint64(b[headSize+i*elemSize+8:]), depth+1, keys[i], keys[i+1])
	}
	if depth == 1 { // the top of a bucket
		return beside(count, func() func(int) error {
			own := &walker{file: w.file, meta: w.meta, at: w.at}
			return func(i int) error { return child(own, i) }
		})
	}
	for i := range count {
		if err := child(w, i); err != nil {
			return err
		}
	}
	return nil
}

// beside does something n times on all processors, each with a worker of its own,
// and returns the first error of each.
func beside(n int, worker func() func(i int) error) error {
	errs := make([]error, min(n, runtime.GOMAXPROCS(0)))
	var next atomic.Int64
	var all sync.WaitGroup
	for who := range errs {
		all.Go(func() {
			for do := worker(); errs[who] == nil; {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				errs[who] = do(i)
			}
		})
	}
	all.Wait()
	return cmp.Or(errs...)
}

func (w *walker) leaf(id uint64, b []byte, depth int, last, before []byte) error {
	count := int(native.Uint16(b[10:]))
	if headSize+count*elemSize > len(b) {
		return damaged("page %d has %d elements", id, count)
	}
	for i := range count {
		at := headSize + i*elemSize
		pos, keySize := native.Uint32(b[at+4:]), native.Uint32(b[at+8:])
		key, ok := slice(b, at, pos, keySize)
		if !ok || !follows(i, key, last, before) {
			return damaged("page %d has a bad key", id)
		}
		last = key
		value, ok := slice(b, at+int(pos), keySize, native.Uint32(b[at+12:]))
		if !ok {
			return damaged("page %d has a bad value", id)
		}
		if native.Uint32(b[at:])&flagBucket != 0 {
			if err := w.bucket(id, value, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

// bucket walks a bucket: its root page, or the page that lies in its value.
func (w *walker) bucket(id uint64, value []byte, depth int) error {
	if len(value) < 16 {
		return damaged("page %d has a bad bucket", id)
	}
	if root := native.Uint64(value); root != 0 {
		return w.page(root, depth+1, nil, nil)
	}
	inline := value[16:]
	if len(inline) < headSize || native.Uint16(inline[8:]) != flagLeaf {
		return damaged("page %d has a bad bucket", id)
	}
	return w.leaf(id, inline, depth+1, nil, nil)
}

// slice returns size bytes of b, pos bytes after at, and whether they are there.
func slice(b []byte, at int, pos, size uint32) ([]byte, bool) {
	from := uint64(at) + uint64(pos)
	to := from + uint64(size)
	if to > uint64(len(b)) {
		return nil, false
	}
	return b[from:to], true
}
