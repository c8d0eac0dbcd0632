package wording

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// family is a group of phrases with one meaning, one source and one question.
type family struct {
	name   string
	kind   Kind
	source string
	ask    string
	tag    string
	unless []guard
	fields string // fields it is read in; empty for all
}

// phraseFiles are read in this order.
var phraseFiles = []string{"action.txt", "support.txt", "time.txt", "concern.txt",
	"euphemism.txt", "blame.txt", "opinion.txt", "hearsay.txt"}

func (lex *lexicon) loadFamilies(files fs.FS) error {
	if err := lex.loadFile(files, "watching.txt", lex.watch); err != nil {
		return err
	}
	if err := lex.loadFile(files, "senses.txt", lex.senses); err != nil {
		return err
	}
	for _, name := range phraseFiles {
		if err := lex.loadFile(files, name, lex.first); err != nil {
			return err
		}
	}
	return nil
}

// loadFile reads "family:", "source:", "kind:", "ask:", "unless:", "tag:" lines
// and, below them, the patterns of the family.
func (lex *lexicon) loadFile(files fs.FS, name string, into map[int][]*pattern) error {
	data, err := fs.ReadFile(files, "wording/"+name)
	if err != nil {
		return err
	}
	var f *family
	for n, line := range strings.Split(string(data), "\n") {
		if i := strings.Index(line, "#"); i >= 0 {
			line = line[:i]
		}
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if key, value, ok := strings.Cut(line, ":"); ok && isKey(key) {
			if key == "family" {
				f = &family{name: strings.TrimSpace(value)}
				continue
			}
			if f == nil {
				return fmt.Errorf("%s line %d: before the first family", name, n+1)
			}
			if err := f.set(key, strings.TrimSpace(value)); err != nil {
				return fmt.Errorf("%s line %d: %w", name, n+1, err)
			}
			continue
		}
		if f == nil || f.source == "" {
			return fmt.Errorf("%s line %d: a phrase without family and source", name, n+1)
		}
		if err := lex.addPattern(f, line, into); err != nil {
			return fmt.Errorf("%s line %d: %w", name, n+1, err)
		}
	}
	return nil
}

func isKey(key string) bool {
	switch key {
	case "family", "source", "kind", "ask", "tag", "unless", "fields":
		return true
	}
	return false
}

func (f *family) set(key, value string) error {
	switch key {
	case "source":
		f.source = value
	case "kind":
		f.kind = Kind(value)
		if !slices.Contains(Kinds(), f.kind) {
			return fmt.Errorf("unknown kind %q", value)
		}
	case "ask":
		f.ask = value
	case "tag":
		f.tag = value
	case "fields":
		f.fields = value
	case "unless":
		for _, word := range strings.Fields(value) {
			g, ok := guards[word]
			if !ok {
				return fmt.Errorf("unknown guard %q", word)
			}
			f.unless = append(f.unless, g)
		}
	}
	return nil
}

func (lex *lexicon) addPattern(f *family, src string, into map[int][]*pattern) error {
	root, err := lex.compile(src)
	if err != nil {
		return fmt.Errorf("%q: %w", src, err)
	}
	ids, class, ok := root.firsts()
	if !ok {
		return fmt.Errorf("%q must begin with a word or a class", src)
	}
	p := &pattern{root: root, family: f, class: class, text: src}
	if class != 0 {
		into[byClass] = append(into[byClass], p)
	}
	for _, id := range sorted(slices.Clone(ids)) {
		into[id] = append(into[id], p)
	}
	return nil
}

// byClass is where patterns are kept that can begin with a class of words.
const byClass = 0

// matches calls do for every place in t where a pattern of from matches.
func (t *text) matches(from map[int][]*pattern, do func(f *family, m match)) {
	for i := range t.tokens {
		k := &t.tokens[i]
		if k.quoted || k.class.has(clsMark) {
			continue
		}
		for _, p := range from[byClass] {
			if k.class.has(p.class) {
				t.try(p, i, do)
			}
		}
		if k.id != 0 {
			for _, p := range from[k.id] {
				if !k.class.has(p.class) {
					t.try(p, i, do)
				}
			}
		}
	}
}

// try reports to do where p matches from token i.
func (t *text) try(p *pattern, i int, do func(f *family, m match)) {
	m := match{from: i, open: -1, shut: -1}
	if !t.at(p.root, i, &m) || m.to <= i {
		return
	}
	if m.open < 0 {
		m.open = m.from
	}
	if m.shut < 0 {
		m.shut = m.to
	}
	if m.open < m.shut {
		do(p.family, m)
	}
}
