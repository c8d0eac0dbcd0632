package assets

import "embed"

// Procedures holds the local procedures that ship with the program, one TOML
// file for each, named procedures/<name>.toml. Package referral/procedures
// reads them.
//
//go:embed procedures
var Procedures embed.FS
