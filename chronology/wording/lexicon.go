package wording

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"throughline/assets"
)

// bits is a set of word classes.
type bits uint64

func (b bits) has(c bits) bool { return b&c != 0 }

// The word classes that the code asks about. Each but the first few is a section
// of assets/wording/words.txt with the same name.
const (
	clsWord bits = 1 << iota
	clsNumber
	clsMark
	clsClock   // 9.15, 10am
	clsDate    // 3/11, part of 3 Nov
	clsName    // a capitalised name, or the word after Mr or Miss
	clsTitled  // Mr, Miss and the name that follows
	clsWeekday // also shortened
	clsMonth
	clsTitle
	clsStopped // abbreviations written with a full stop
	clsFamily
	clsAgency
	clsSchool
	clsModal
	clsSay
	clsSaid
	clsNegative
	clsAct     // concrete things to do, in the present or infinitive
	clsActed   // the same, past
	clsActing  // the same, -ing
	clsSoft    // update, feed back: only an act with a condition or a date
	clsSoftObj // concerns, anything, needed: what makes a soft act no act
	clsSeen    // can be seen, heard or counted
	clsBodily  // behaviour and signs worth the name observation
	clsGeneral // too general to watch for
	clsLittle  // little words that carry no content
	clsOften
	clsSpan // day, week, fortnight, term
	clsSeason
	clsReview
	clsEnded
	clsHowMany // number words
	clsPronoun
	clsReason
	clsPupil
	clsIdle      // verbs of staying as one is
	clsIdleWord  // what is stayed with: no act, nothing to see
	clsIdlePlace // list, radar, agenda: where a name stands and nothing is done
	clsSense     // eyes, ears, feelers
	clsWatch     // words of watching, waiting and caution
)

const clsPerson = clsFamily | clsAgency | clsSchool | clsTitled

var classNames = map[string]bits{
	"weekday": clsWeekday, "month": clsMonth, "title": clsTitle, "stopped": clsStopped,
	"family": clsFamily, "agency": clsAgency, "school": clsSchool, "modal": clsModal,
	"say": clsSay, "negative": clsNegative, "act": clsAct, "soft": clsSoft,
	"softobject": clsSoftObj, "seen": clsSeen, "bodily": clsBodily, "general": clsGeneral,
	"little": clsLittle, "often": clsOften, "span": clsSpan, "season": clsSeason,
	"review": clsReview, "ended": clsEnded, "howmany": clsHowMany,
	"pronoun": clsPronoun, "reason": clsReason, "pupil": clsPupil,
	"idle": clsIdle, "idleword": clsIdleWord, "idleplace": clsIdlePlace, "sense": clsSense, "watch": clsWatch,
}

// lexicon is the word lists, read once from assets.
type lexicon struct {
	ids     map[string]int
	classes []bits // by id
	short   map[string]string
	joined  map[string][2]string
	near    map[string]string   // a key word with one letter missing → the word
	sound   map[string]bool     // real words that look like a slip for a key word
	groups  map[string][]string // words of a class, for patterns
	verbs   map[string][]string // irregular forms by base

	first map[int][]*pattern // phrases, by the id of their first word
	watch map[int][]*pattern // watching and waiting

	senses map[int][]*pattern // what only looks like one of those
}

var lists = sync.OnceValue(func() *lexicon {
	lex, err := load(assets.Wording)
	if err != nil {
		panic("wording: embedded lists: " + err.Error())
	}
	return lex
})

func load(files fs.FS) (*lexicon, error) {
	lex := &lexicon{
		ids: map[string]int{"": 0}, classes: []bits{0},
		short: map[string]string{}, joined: map[string][2]string{},
		near: map[string]string{}, sound: map[string]bool{},
		groups: map[string][]string{}, verbs: map[string][]string{},
		first: map[int][]*pattern{}, watch: map[int][]*pattern{}, senses: map[int][]*pattern{},
	}
	for _, step := range []struct {
		name string
		read func(section, line string) error
	}{
		{"forms.txt", lex.addForm},
		{"words.txt", lex.addWords},
	} {
		if err := eachLine(files, step.name, step.read); err != nil {
			return nil, err
		}
	}
	if err := lex.loadFamilies(files); err != nil {
		return nil, err
	}
	return lex, nil
}

// eachLine calls do for every line of the file that says something, with the
// name of the [section] it stands in. "#" begins a comment, "source:" a source.
func eachLine(files fs.FS, name string, do func(section, line string) error) error {
	data, err := fs.ReadFile(files, "wording/"+name)
	if err != nil {
		return err
	}
	section := ""
	scan := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; scan.Scan(); n++ {
		line, _, _ := strings.Cut(scan.Text(), "#")
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "source:"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && !strings.Contains(line, " "):
			section = line[1 : len(line)-1]
		default:
			if err := do(section, line); err != nil {
				return fmt.Errorf("%s line %d: %w", name, n, err)
			}
		}
	}
	return scan.Err()
}

// addForm reads abbreviations, contractions, irregular verbs and key words.
func (lex *lexicon) addForm(section, line string) error {
	f := strings.Fields(line)
	switch section {
	case "short":
		for _, word := range f[1:] {
			lex.short[word] = f[0]
		}
	case "joined":
		if len(f) != 3 {
			return fmt.Errorf("want three words, got %q", line)
		}
		lex.joined[f[0]] = [2]string{f[1], f[2]}
	case "verbs":
		lex.verbs[f[0]] = f
	case "key":
		for _, word := range f {
			lex.addKey(word)
		}
	case "sound":
		for _, word := range f {
			lex.sound[word] = true
		}
	default:
		return fmt.Errorf("unknown section %q", section)
	}
	return nil
}

// addWords puts the words of a line into the class named by the section.
func (lex *lexicon) addWords(section, line string) error {
	c := classNames[section]
	for _, word := range strings.Fields(line) {
		base, inflected := strings.CutPrefix(word, "~")
		if !inflected {
			lex.put(section, base, c)
			continue
		}
		present, past, doing := lex.inflect(base)
		switch section {
		case "act", "soft":
			lex.putAll(section, present, c)
			lex.putAll(section+"ed", past, clsActed)
			lex.putAll(section+"ing", doing, clsActing)
		case "say":
			lex.putAll(section, present, c)
			lex.putAll(section, past, c|clsSaid)
			lex.putAll(section, doing, c)
		default:
			lex.putAll(section, present, c)
			lex.putAll(section, past, c)
			lex.putAll(section, doing, c)
		}
	}
	return nil
}

func (lex *lexicon) putAll(section string, words []string, c bits) {
	for _, word := range words {
		lex.put(section, word, c)
	}
}

func (lex *lexicon) put(section, word string, c bits) {
	id := lex.intern(word)
	lex.classes[id] |= c
	lex.groups[section] = append(lex.groups[section], word)
}

func (lex *lexicon) intern(word string) int {
	if id, ok := lex.ids[word]; ok {
		return id
	}
	id := len(lex.classes)
	lex.ids[word] = id
	lex.classes = append(lex.classes, 0)
	return id
}

// find returns the id of a word, forgiving one slip of the pen in a key word.
func (lex *lexicon) find(low string, c bits) int {
	if id, ok := lex.ids[low]; ok {
		return id
	}
	if c != clsWord || len(low) < 5 || len(low) > 24 || lex.sound[low] {
		return 0
	}
	return lex.ids[lex.nearest(low)]
}

func (lex *lexicon) classOf(id int) bits { return lex.classes[id] }
