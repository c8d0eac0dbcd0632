//go:build !ci

package main

// hasWindow says whether this build can open a window. Built with the tag ci
// Throughline is the command line alone, which needs neither a C compiler nor a
// display.
const hasWindow = true
