package records

import (
	"context"
	"slices"
	"strings"
)

// hits returns what is shown of records, each once and at most limit.
func (s *Store) hits(ctx context.Context, first, rest []Record, terms []term, limit int) ([]Hit, error) {
	var recs []Record
	var ids []ID
	seen := map[ID]bool{}
	for _, rec := range slices.Concat(first, rest) {
		if id := rec.meta().ID; seen[id] || len(recs) == limit {
			continue
		}
		seen[rec.meta().ID] = true
		recs = append(recs, rec)
		ids = append(ids, rec.index().pupil)
		if c, ok := rec.(*Concern); ok {
			for _, o := range c.Also {
				ids = append(ids, o.Pupil)
			}
		}
	}
	pupils, err := s.pupils(ctx, ids)
	if err != nil {
		return nil, err
	}
	var hits []Hit
	for _, rec := range recs {
		said, err := s.shown(ctx, rec, pupils)
		if err != nil {
			return nil, err
		}
		m := rec.meta()
		h := Hit{Ref: Ref{rec.Kind(), m.ID, m.Version}, Pupil: rec.index().pupil, When: happened(rec), Title: title(rec)}
		if p := pupils[h.Pupil]; p != nil {
			h.Name = p.Name()
		}
		h.Sentence, h.Matches = telling(said, terms)
		hits = append(hits, h)
	}
	return hits, nil
}

// shown returns the texts of a record with the names that belong to it.
func (s *Store) shown(ctx context.Context, rec Record, pupils map[ID]*Pupil) ([]string, error) {
	said := texts(rec)
	switch r := rec.(type) {
	case *Tie:
		p, err := s.People.Get(ctx, r.Person)
		if err != nil {
			return nil, err
		}
		return append(texts(&p), said...), nil
	case *Concern:
		for _, o := range r.Also {
			if p := pupils[o.Pupil]; p != nil {
				said = append(said, o.Part.String()+": "+p.Name())
			}
		}
	}
	return said, nil
}

// telling returns the sentence that holds most of the terms, the first where
// several do, and where in it they are. Where none does, it is the first
// sentence there is.
func telling(said []string, terms []term) (string, [][2]int) {
	best, text, sentence := -1, "", span{}
	var matches []span
	for _, s := range said {
		spans, of := matchesIn(s, terms)
		if s == "" || len(spans) == 0 && best >= 0 {
			continue
		}
		for _, sen := range sentencesOf(s) {
			here, n := within(sen, spans, of)
			if n > best {
				best, text, sentence, matches = n, s, sen, here
			}
		}
	}
	return cut(text, sentence, matches)
}

// matchesIn returns where in a text terms are, in order, and which term each
// is.
func matchesIn(text string, terms []term) (spans []span, of []int) {
	words := wordsOf(text)
	for i := range words {
		for n, t := range terms {
			if t.at(words[i:]) {
				spans = append(spans, span{words[i].start, words[i+len(t.words)-1].end})
				of = append(of, n)
			}
		}
	}
	return spans, of
}

// at reports whether words begin with the term.
func (t term) at(words []word) bool {
	if len(words) < len(t.words) {
		return false
	}
	end := len(t.words) - 1
	for i, w := range t.words[:end] {
		if words[i].folded != w {
			return false
		}
	}
	if t.whole {
		return words[end].folded == t.words[end]
	}
	return strings.HasPrefix(words[end].folded, t.words[end])
}

// within returns the matches that begin in a sentence, those that overlap made
// one, and of how many terms they are.
func within(sen span, spans []span, of []int) (here []span, terms int) {
	var seen [mostTerms]bool
	for i, s := range spans {
		if s.start < sen.start || s.start >= sen.end {
			continue
		}
		if !seen[of[i]] {
			seen[of[i]] = true
			terms++
		}
		s.end = min(s.end, sen.end)
		if n := len(here); n > 0 && s.start < here[n-1].end {
			here[n-1].end = max(here[n-1].end, s.end)
			continue
		}
		here = append(here, s)
	}
	return here, terms
}
