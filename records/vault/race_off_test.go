//go:build !race

package vault

const underRace = false
