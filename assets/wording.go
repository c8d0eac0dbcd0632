package assets

import "embed"

// Wording holds the word lists and phrase families that package wording reads:
// plain text, one subject a file, each family with the source it came from.
//
//go:embed wording
var Wording embed.FS
