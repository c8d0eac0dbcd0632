package wording

// concerted reports a next step by what stands in it, whatever its verb: one of
// the school who is named or is the writer, a parent or an agency, and a day or a
// condition, with nothing in the past. "On the 9th a letter goes to dad from Mrs
// Fell"; "worse = straight to MASH by me".
func (t *text) concerted(cues []cue) bool {
	first := t.tokens[cues[0].from].sentence
	for n := first; n < len(t.sentences); n++ {
		s := t.sentences[n]
		from := s.from
		if n == first {
			from = max(cues[0].to, t.objectEnd(cues[0].to, s))
			for from < s.to && !t.endsClause(from) {
				from++
			}
		}
		for from < s.to {
			to := from
			for to < s.to && t.tokens[to].low != ";" && t.tokens[to].low != "." {
				to++
			}
			if t.concert(from, to, n > first) {
				return true
			}
			from = to + 1
		}
	}
	return false
}

// concert reads tokens [from, to). With later the clause follows the plan, so
// that "then" is a day.
func (t *text) concert(from, to int, later bool) bool {
	actor, other, when := false, false, false
	for i := from; i < to; i++ {
		k := &t.tokens[i]
		if k.quoted {
			return false
		}
		switch k.low {
		case "i", "me":
			actor = true
		case "if", "any", "worse", "another", "again", "once", "nothing", "none", "repeat", "over", "more", "=", "then",
			"new", "within", "straight", "same", "under", "below", "less", "fewer", "above":
			when = when || later || k.low != "then"
		case "day", "morning", "afternoon", "evening", "night", "week":
			when = when || i > from && t.tokens[i-1].low == "that"
		case "needed", "necessary", "required", "appropriate", "aware", "informed", "know", "knows", "happy", "updated",
			"was", "were", "had", "been", "spoke", "told", "said", "concerns", "concern", "worried", "concerned", "need":
			return false
		case "home", "house":
			other = true
		case "front":
			other = other || i+1 < to && t.tokens[i+1].low == "door" // as councils call their first contact
		}
		when = when || k.class.has(clsDate) || t.namedDay(i) || i == from && k.class.has(clsNumber|clsHowMany)
		switch {
		case k.class.has(clsSaid), k.class.has(clsActed) && !k.class.has(clsAct) && k.low != "booked" && k.low != "invited":
			return false
		case k.class.has(clsFamily | clsAgency):
			other = true
		case k.class.has(clsTitled), k.class.has(clsSchool) && !crowd(k.low):
			actor = true
		}
	}
	return actor && other && when
}

// crowd reports a word of the school that names nobody.
func crowd(s string) bool {
	switch s {
	case "staff", "team", "school", "we", "us", "everyone", "all", "adults", "adult", "colleagues", "teachers", "teacher",
		"office", "club", "breakfast", "dinner", "kitchen", "site", "nursery", "pastoral", "reception", "lunchtime", "lead":
		return true
	}
	return false
}
