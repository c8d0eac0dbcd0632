package wording

// senses are the places of a text where words mean something else than a list
// takes them for, by the kind of finding they are none of: "looks after", "lies
// down", "a track".
type senses map[Kind]spans

func (t *text) otherSenses() senses {
	all := senses{}
	t.matches(t.lex.senses, func(f *family, m match) {
		list := all[f.kind]
		list.add(m.open, m.shut)
		all[f.kind] = list
	})
	return all
}

// touch reports that a match of the kind shares a word with one of them.
func (s senses) touch(kind Kind, m match) bool {
	for _, span := range s[kind] {
		if m.open < span[1] && span[0] < m.shut {
			return true
		}
	}
	return false
}
