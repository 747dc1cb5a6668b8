package bot

import "sync"

// complaint says each thing once: a failure that repeats each second is one line
// in the log, until it has passed or is another.
type complaint struct {
	mu   sync.Mutex
	last string
}

// new reports whether err is another than before. Nil means that it has passed.
func (c *complaint) new(err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.last
	c.last = ""
	if err != nil {
		c.last = err.Error()
	}
	return c.last != "" && c.last != before
}
