package ui

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/chronology/bodymap"
	"throughline/records"
)

// version is one version of a record as it was saved: what stood in each field,
// in words.
type version struct {
	meta   records.Meta
	fields map[string]string
}

// change is one field that differs between two versions.
type change struct{ name, was, is string }

// versionsOf returns every version of a record, the first one first. It is
// ErrNotFound where the kind keeps no versions to show.
func versionsOf(ctx context.Context, s *records.Store, ref records.Ref) ([]version, error) {
	switch ref.Kind {
	case records.KindConcern:
		return history(ctx, s.Concerns, ref.ID, func(r *records.Concern) records.Meta { return r.Meta })
	case records.KindAction:
		return history(ctx, s.Actions, ref.ID, func(r *records.Action) records.Meta { return r.Meta })
	case records.KindMonitoring:
		return history(ctx, s.Monitorings, ref.ID, func(r *records.Monitoring) records.Meta { return r.Meta })
	case records.KindSupport:
		return history(ctx, s.Supports, ref.ID, func(r *records.Support) records.Meta { return r.Meta })
	case records.KindStatus:
		return history(ctx, s.Bands, ref.ID, func(r *records.StatusBand) records.Meta { return r.Meta })
	case records.KindTie:
		return history(ctx, s.Ties, ref.ID, func(r *records.Tie) records.Meta { return r.Meta })
	case records.KindReferral:
		return history(ctx, s.Referrals, ref.ID, func(r *records.Referral) records.Meta { return r.Meta })
	case records.KindReply:
		return history(ctx, s.Replies, ref.ID, func(r *records.Reply) records.Meta { return r.Meta })
	case records.KindChallenge:
		return history(ctx, s.Challenges, ref.ID, func(r *records.Challenge) records.Meta { return r.Meta })
	case records.KindRung:
		return history(ctx, s.Rungs, ref.ID, func(r *records.Rung) records.Meta { return r.Meta })
	case records.KindDisclosure:
		return history(ctx, s.Disclosures, ref.ID, func(r *records.Disclosure) records.Meta { return r.Meta })
	case records.KindMeeting:
		return history(ctx, s.Meetings, ref.ID, func(r *records.Meeting) records.Meta { return r.Meta })
	case records.KindImpact:
		return history(ctx, s.Impacts, ref.ID, func(r *records.Impact) records.Meta { return r.Meta })
	case records.KindPractice:
		return history(ctx, s.Practices, ref.ID, func(r *records.GoodPractice) records.Meta { return r.Meta })
	case records.KindChildNote:
		return history(ctx, s.ChildNotes, ref.ID, func(r *records.ChildNote) records.Meta { return r.Meta })
	case records.KindDocument:
		return history(ctx, s.Documents, ref.ID, func(r *records.Document) records.Meta { return r.Meta })
	case records.KindHold:
		return history(ctx, s.Holds, ref.ID, func(r *records.Hold) records.Meta { return r.Meta })
	}
	return nil, fmt.Errorf("versions of a %s: %w", ref.Kind, records.ErrNotFound)
}

func history[T any, P interface {
	*T
	records.Record
}](ctx context.Context, l records.Ledger[T, P], id records.ID, meta func(P) records.Meta) ([]version, error) {
	list, err := l.History(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []version
	for i := range list {
		all = append(all, version{meta(P(&list[i])), inWords(&list[i])})
	}
	return all, nil
}

// inWords returns the fields of a record by their JSON names, each as people
// say it. Which record another belongs to is left out: it never changes.
func inWords(rec any) map[string]string {
	out := map[string]string{}
	v := reflect.ValueOf(rec).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name != "" && !v.Field(i).IsZero() {
			if text, ok := valueInWords(v.Field(i).Interface()); ok {
				out[name] = text
			}
		}
	}
	return out
}

// valueInWords says a value as people do. It is false for what only ties
// records together.
func valueInWords(value any) (text string, ok bool) {
	switch v := value.(type) {
	case records.ID, []records.ID, records.Ref, []records.Ref, map[string]records.Stamp:
		return "", false
	case []records.Mark:
		return bodymap.SayAll(v), true
	case []records.Rewording:
		return rewordedInWords(v), true
	case fmt.Stringer:
		return v.String(), true
	case bool:
		return "Yes", true
	}
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Slice {
		return fmt.Sprint(value), true
	}
	var said []string
	for i := range v.Len() {
		s, ok := v.Index(i).Interface().(fmt.Stringer)
		if !ok {
			return count(v.Len(), "item", "items"), true
		}
		said = append(said, s.String())
	}
	return strings.Join(said, "; "), true
}

// fieldNames are the names of fields whose JSON names do not say it well.
var fieldNames = map[string]string{
	"when": "When", "seen_by": "Seen by", "account": "What happened", "childs_words": "In the child’s words",
	"question": "Question put", "presentation": "How the child was", "present": "Who was there", "also": "Other pupils",
	"marks": "Body map", "opinion": "Opinion", "opinion_basis": "What the opinion rests on", "parents_told": "Parents told",
	"parents_why": "Parents: what they said, or why not told", "level": "Level considered", "decided_by": "Decided by",
	"outcome": "What came of it", "line": "In one line", "lives_from": "Lives there from", "lives_to": "Lives there until",
	"would_change": "What would change the plan", "next_steps": "Next steps", "how_often": "How often", "to": "Until",
	"why_not_enough": "Why it was not enough", "closed": "Closed on", "closed_why": "What has been settled",
	"reopened": "Opened again", "sort": "Kind", "on": "Day", "held": "Was it held?",
	"not_held_why": "Why it was not held", "we": "Who went for the school", "others": "Who else was there",
	"report": "School’s report sent", "shared": "Shared with the parents", "view": "Our view", "view_why": "Why",
	"looked": "Measured again on", "childs_view": "What the child says", "lived": "Lived experience and voice",
	"read": "Chronology read?", "agreed": "Agreed?", "agreed_why": "Why, or why not", "reworded": "Changed after a question, before it was kept",
}

// changesOf returns the fields that differ, by name.
func changesOf(was, is map[string]string) []change {
	var all []change
	for name := range was {
		if was[name] != is[name] {
			all = append(all, change{nameOfField(name), was[name], is[name]})
		}
	}
	for name := range is {
		if _, there := was[name]; !there && is[name] != "" {
			all = append(all, change{nameOfField(name), "", is[name]})
		}
	}
	slices.SortFunc(all, func(a, b change) int { return cmp.Compare(a.name, b.name) })
	return all
}

func nameOfField(name string) string {
	if n, ok := fieldNames[name]; ok {
		return n
	}
	return capital(strings.ReplaceAll(name, "_", " "))
}

// history shows, in place of the entry, what was changed in it, by whom, when
// and why; the newest change first.
func (e *entriesPane) history(ref records.Ref) {
	p, store := e.page, e.page.w.store
	load(p.w, func(ctx context.Context) ([]version, error) { return versionsOf(ctx, store, ref) }, func(all []version) {
		empty(e.text)
		e.text.Add(container.NewBorder(nil, nil, nil, plain("Back to the entry", e.read), subheading("What was changed")))
		for i := len(all) - 1; i > 0; i-- {
			e.text.Add(container.NewPadded(p.versionCard(all[i-1], all[i])))
		}
		first := all[0].meta
		e.text.Add(quiet("First written by " + nameOr(p.data.file.Author(first), "somebody not known") + ", " + first.RecordedAt.String() + "."))
		if said := all[0].fields["reworded"]; said != "" {
			e.text.Add(card(quiet(nameOfField("reworded")), prose(said)))
		}
		e.reading.ScrollToTop()
		e.reading.Refresh()
	})
}

func (p *pupilPage) versionCard(was, is version) fyne.CanvasObject {
	m := is.meta
	box := container.New(&stackLayout{gap: -10},
		prose("“"+m.Why+"”"),
		quiet(nameOr(p.data.file.Author(m), "Somebody not known")+", "+m.RecordedAt.String()))
	for _, c := range changesOf(was.fields, is.fields) {
		name := quiet(c.name)
		name.TextStyle.Bold = true
		box.Add(name)
		box.Add(prose("Was: " + nameOr(c.was, "empty")))
		box.Add(prose("Now: " + nameOr(c.is, "empty")))
	}
	return card(box)
}
