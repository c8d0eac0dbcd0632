package records

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Hit is one record that was looked for.
type Hit struct {
	Ref      Ref    // its newest version
	Pupil    ID     // in whose file it stands
	Name     string // of that pupil
	When     When   // undated for a pupil and for a person
	Title    string // what it is, in a few words
	Sentence string // the sentence that was found, as it was written; a long one is cut
	// Matches are the words that were found: from and to in Sentence, in
	// bytes, in order. There are none where only the pupil's name was found.
	Matches [][2]int
}

// Limits of one search: what a query holds beyond the first is not looked at.
// The second and the third keep a beginning that nearly everything has from
// being spelt out: it is looked for by its letters instead, and not as a name.
const (
	mostTerms = 16
	mostWords = 40 // that begin alike
	mostNames = 20 // pupils whom one word may mean
	namesHits = 10 // pupils by name among the hits
)

// Search returns the records that query finds, at most limit: first pupils by
// name, those whom it names in full before others, then everything else, the
// newest first. Only newest versions are searched, not the history.
//
// Every word of the query must be there, each as the beginning of a word,
// whatever the accents, apostrophes and capitals; words in quotes must follow
// one another. A pupil's name finds what mentions it and what the pupil had
// another part in; beside other words it also stands for the pupil's own file.
// A query without a word finds nothing. The error is ErrNotAllowed when the
// member may not read. Of a file that is locked to others nothing is found but
// the pupil, by name; of supervision sessions and reflections those alone that
// the member opens.
func (s *Store) Search(ctx context.Context, query string, limit int) ([]Hit, error) {
	if err := s.may(read); err != nil {
		return nil, err
	}
	terms := termsOf(query)
	if len(terms) == 0 || limit <= 0 {
		return nil, nil
	}
	hits, err := s.search(ctx, terms, limit)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return hits, nil
}

func (s *Store) search(ctx context.Context, terms []term, limit int) ([]Hit, error) {
	var named []map[ID]bool
	for _, t := range terms {
		pupils, err := s.named(ctx, t)
		if err != nil {
			return nil, err
		}
		named = append(named, pupils)
	}
	first, err := s.pupilsOf(ctx, named, min(limit, namesHits))
	if err != nil {
		return nil, err
	}
	expression, err := s.expression(ctx, terms, named)
	if err != nil {
		return nil, err
	}
	rest, err := s.matching(ctx, expression, limit)
	if err != nil {
		return nil, err
	}
	return s.hits(ctx, first, rest, terms, limit)
}

// term is a word that is looked for, or several in a row.
type term struct {
	words []string // folded
	whole bool     // the last word is whole; otherwise it is the beginning of one
}

// termsOf reads a query. A quotation that is not closed yet is still being
// typed.
func termsOf(query string) []term {
	var terms []term
	add := func(text string, whole bool) {
		t := term{whole: whole}
		for _, w := range wordsOf(text) {
			t.words = append(t.words, w.folded)
		}
		t.words = t.words[:min(len(t.words), mostTerms)]
		if len(t.words) > 0 && len(terms) < mostTerms {
			terms = append(terms, t)
		}
	}
	parts := strings.Split(quotes.Replace(query), `"`)
	for i, part := range parts {
		if i%2 == 1 {
			add(part, i < len(parts)-1)
			continue
		}
		for w := range strings.FieldsSeq(part) {
			add(w, false)
		}
	}
	return terms
}

var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// after is greater than every word that begins like w.
func after(w string) string { return w + "\U0010ffff" }

// named returns the pupils in whose names every word of a term begins a word,
// and whether it is the whole word.
func (s *Store) named(ctx context.Context, t term) (map[ID]bool, error) {
	var all map[ID]bool
	for _, w := range t.words {
		these := map[ID]bool{}
		rows, err := s.db.QueryContext(ctx, `SELECT pupil, max(word = $1) FROM pupil_name
			WHERE word >= $1 AND word < $2 GROUP BY pupil`, w, after(w))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var id ID
			var whole bool
			if err := rows.Scan(&id, &whole); err != nil {
				rows.Close()
				return nil, err
			}
			if before, is := all[id]; is || all == nil {
				these[id] = whole && (before || all == nil)
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		all = these
	}
	return all, nil
}

// pupilsOf returns the pupils whom every term names, at most limit: those who
// are named in whole words first, then by surname.
func (s *Store) pupilsOf(ctx context.Context, named []map[ID]bool, limit int) ([]Record, error) {
	whole := map[ID]bool{}
	var ids []ID
	for id := range named[0] {
		is, all := true, true
		for _, these := range named {
			full, there := these[id]
			is, all = is && there, all && full
		}
		if is {
			ids = append(ids, id)
			whole[id] = all
		}
	}
	sorted, err := s.inOrder(ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(sorted, func(a, b ID) int { return btoi(whole[b]) - btoi(whole[a]) })
	sorted = sorted[:min(len(sorted), limit)]
	pupils, err := s.pupils(ctx, sorted)
	if err != nil {
		return nil, err
	}
	var recs []Record
	for _, id := range sorted {
		if p := pupils[id]; p != nil {
			recs = append(recs, p)
		}
	}
	return recs, nil
}

// inOrder returns ids in the order of their kind.
func (s *Store) inOrder(ctx context.Context, ids []ID) ([]ID, error) {
	if len(ids) < 2 {
		return ids, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM record WHERE id IN (SELECT value FROM json_each($1))
		ORDER BY sort, id`, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var sorted []ID
	for rows.Next() {
		var id ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		sorted = append(sorted, id)
	}
	return sorted, rows.Err()
}

// pupils returns pupils by id.
func (s *Store) pupils(ctx context.Context, ids []ID) (map[ID]*Pupil, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	all, err := queryAll[Pupil](ctx, s.db, newest+` WHERE r.kind = $1 AND r.id IN (SELECT value FROM json_each($2))`,
		KindPupil, string(list))
	if err != nil {
		return nil, err
	}
	pupils := map[ID]*Pupil{}
	for i := range all {
		if s.closed(all[i].ID) {
			all[i].identity()
		}
		pupils[all[i].ID] = &all[i]
	}
	return pupils, nil
}

// expression returns what the index is asked, or "" when nothing can be found:
// a word that is nowhere.
func (s *Store) expression(ctx context.Context, terms []term, named []map[ID]bool) (string, error) {
	var all, mentioned []string
	for i, t := range terms {
		ways, err := s.waysOf(ctx, t)
		if err != nil {
			return "", err
		}
		var files []string
		if len(named[i]) <= mostNames {
			for id := range named[i] {
				ways = append(ways, `"`+alsoMark+token(id)+`"`)
				files = append(files, `"`+inFileOf+token(id)+`"`)
			}
		}
		mentioned = append(mentioned, ways...)
		if len(terms) > 1 {
			ways = append(ways, files...)
		}
		if len(ways) == 0 {
			return "", nil
		}
		all = append(all, "("+strings.Join(ways, " OR ")+")")
	}
	if len(mentioned) == 0 {
		return "", nil
	}
	if len(terms) > 1 && slices.ContainsFunc(named, func(ids map[ID]bool) bool { return len(ids) > 0 }) {
		all = append(all, "("+strings.Join(mentioned, " OR ")+")")
	}
	return strings.Join(all, " AND "), nil
}

// waysOf returns what in the index a term may be. The index knows the words
// that begin with up to three characters by these; for more, the words
// themselves are far quicker.
func (s *Store) waysOf(ctx context.Context, t term) ([]string, error) {
	phrase := strings.Join(t.words, " ")
	if t.whole {
		return []string{`"` + phrase + `"`}, nil
	}
	last := t.words[len(t.words)-1]
	if len([]rune(last)) <= 3 {
		return []string{`"` + phrase + `" *`}, nil
	}
	rows, err := s.db.QueryContext(ctx, `SELECT text FROM word WHERE text >= $1 AND text < $2 LIMIT $3`,
		last, after(last), mostWords+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ways []string
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			return nil, err
		}
		ways = append(ways, `"`+strings.TrimSuffix(phrase, last)+w+`"`)
	}
	if len(ways) > mostWords {
		ways = []string{`"` + phrase + `" *`}
	}
	return ways, rows.Err()
}

// matching returns the records that an expression finds, the newest first.
func (s *Store) matching(ctx context.Context, expression string, limit int) ([]Record, error) {
	if expression == "" {
		return nil, nil
	}
	if closed := s.closedFiles(); len(closed) > 0 {
		var files []string
		for _, id := range closed {
			files = append(files, `"`+inFileOf+token(id)+`"`)
		}
		expression = "(" + expression + ") NOT (" + strings.Join(files, " OR ") + ")"
	}
	var recs []Record
	err := eachRow(ctx, s.db, func(r row) error {
		rec, err := r.record()
		if err == nil && rec != nil && s.mayList(rec.Kind()) == nil && s.mayOpen(rec) {
			recs = append(recs, rec)
		}
		return err
	}, columns+` FROM (SELECT rowid AS place FROM full_text WHERE full_text MATCH $1 ORDER BY rowid DESC LIMIT $2) t
		JOIN found f ON f.place = t.place JOIN record r ON r.id = f.record
		JOIN version v ON v.id = r.id AND v.version = r.version AND v.body <> '' ORDER BY t.place DESC`, expression, limit)
	// Places know the day; the time of day is the record's.
	slices.SortStableFunc(recs, func(a, b Record) int {
		return strings.Compare(newness(b), newness(a))
	})
	return recs, err
}

func newness(rec Record) string {
	if w := happened(rec); w.Date != "" {
		return w.Sort()
	}
	return ""
}
