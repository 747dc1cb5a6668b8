// Package bottest has what the tests of bot and of platforms share: a platform
// in memory with a person at its other end, and the check that every platform must pass.
//
// A platform's test writes a [Service]: the person, played against a server of
// the platform on loopback. [Check] does the rest.
package bottest
