package coach

import "strings"

// ID is an address at which a runner is heard and spoken to, "telegram/8472011":
// the platform's name, a slash, and what only that platform understands. The
// first address of a runner also names the runner.
type ID string

// Platform returns the name of the platform that made id.
func (id ID) Platform() string {
	name, _, _ := strings.Cut(string(id), "/")
	return name
}

// Local returns the part of id that only its platform understands.
func (id ID) Local() string {
	_, local, _ := strings.Cut(string(id), "/")
	return local
}
