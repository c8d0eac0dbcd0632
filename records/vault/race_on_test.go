//go:build race

package vault

// underRace makes the heavy tests a tenth as heavy: they prove nothing about
// races, and SQLite in Go is some ten times slower there.
const underRace = true
