//go:build ci

package main

// hasWindow is explained in window.go.
const hasWindow = false
