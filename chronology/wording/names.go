package wording

// nameless stands for a name that is also a word, so that no list reads it.
const nameless = "(name)"

// markNames marks titles with the name after them, and capitalised words inside
// a sentence that no list knows, as names.
func (t *text) markNames() {
	for i := range t.tokens {
		k := &t.tokens[i]
		if !k.word() {
			continue
		}
		if k.class.has(clsTitle) && i+1 < len(t.tokens) {
			j := i + 1
			if t.tokens[j].low == "." && j+1 < len(t.tokens) {
				j++
			}
			if n := &t.tokens[j]; n.word() && (n.capital || n.id == 0) && !n.class.has(clsLittle) {
				k.class |= clsTitled
				if n.capital && n.id != 0 {
					n.low, n.id, n.class = nameless, 0, clsWord // Mrs Till, Mr Close, Ms May
				}
				n.class |= clsTitled | clsName
			}
			continue
		}
		if k.capital && (k.id == 0 || k.class == clsWord) && i > 0 && t.tokens[i-1].sentence == k.sentence &&
			!(t.tokens[i-1].class.has(clsMark) && t.tokens[i-1].low != "(" && t.tokens[i-1].low != ",") {
			k.class |= clsName
		}
	}
	for s := range t.sentences {
		t.sum(&t.sentences[s])
	}
}
