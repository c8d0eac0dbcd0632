package assets

import "embed"

// Demo holds the demo school as TOML files in the folder demo: its members,
// its pupils and what was written about them. Package referral/demo reads it
// and says how the files are built. All of it is invented.
//
//go:embed demo
var Demo embed.FS
