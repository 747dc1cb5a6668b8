// Package coach decides what a runner hears and when.
package coach
