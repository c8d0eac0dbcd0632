// Package e2e drives the built program as a person would: in a real window on
// a virtual display, by keyboard alone, and on the command line. Its tests need
// Linux, Xvfb, xdotool and ImageMagick; "make test" installs them.
package e2e
