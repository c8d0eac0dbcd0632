package ui

import "testing"

func TestLinesAreJoinedAsSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ELSA, twice a week, one adult\nLevel: targeted\nAim: settle", "ELSA, twice a week, one adult; Level: targeted; Aim: settle"},
		{"He came in.\n\n He sat down", "He came in. He sat down"},
		{"Aim:\nsettle\n", "Aim: settle"},
		{"", ""},
	} {
		if got := inOneLine(c.text); got != c.want {
			t.Errorf("inOneLine(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
