package table

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// isOther reports whether text is of a format that is no table.
func isOther(text, filename string) bool {
	for _, start := range []string{"%PDF", "{\\rtf", "<!doctype", "<html", "<?xml", "%!PS", "\x1b"} {
		if len(text) >= len(start) && strings.EqualFold(text[:len(start)], start) {
			return true
		}
	}
	name := strings.ToLower(filename)
	return strings.HasSuffix(name, ".xlsx") || strings.HasSuffix(name, ".xls") || strings.HasSuffix(name, ".ods")
}

// decode returns data as text: UTF-16 or UTF-8 by its mark or its look, else
// Windows-1252, as Excel saves a CSV in England. It returns false for bytes
// that are no text.
func decode(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return wide(data[2:], 0), true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return wide(data[2:], 1), true
	}
	if low, ok := looksWide(data); ok {
		return wide(data, low), true
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	text := string(data)
	if !utf8.Valid(data) {
		t, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		text = string(t)
	}
	return text, isText(text)
}

// looksWide reports whether data without a mark is UTF-16 that is mostly
// English, and which byte of each pair is the low one.
func looksWide(data []byte) (low int, ok bool) {
	head := data[:min(len(data), 2000)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs == 0:
		return 0, false
	case zeros[1] > pairs/2 && zeros[0] == 0:
		return 0, true
	case zeros[0] > pairs/2 && zeros[1] == 0:
		return 1, true
	}
	return 0, false
}

// wide decodes UTF-16 whose low bytes are at the places of low: 0 or 1.
func wide(data []byte, low int) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i+low])|uint16(data[i+1-low])<<8)
	}
	return string(utf16.Decode(units))
}

// isText reports whether control characters are as rare as in text.
func isText(s string) bool {
	odd, n := 0, 0
	for _, r := range s[:min(len(s), 4000)] {
		n++
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			odd++
		}
	}
	return odd*20 <= n
}
