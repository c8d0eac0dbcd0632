package ui

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

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
		return concernVersions(ctx, s, ref.ID)
	case records.KindAction:
		return history(ctx, s.Actions, ref.ID)
	case records.KindMonitoring:
		return history(ctx, s.Monitorings, ref.ID)
	case records.KindSupport:
		return history(ctx, s.Supports, ref.ID)
	case records.KindStatus:
		return history(ctx, s.Bands, ref.ID)
	case records.KindTie:
		return history(ctx, s.Ties, ref.ID)
	case records.KindReferral:
		return history(ctx, s.Referrals, ref.ID)
	case records.KindReply:
		return history(ctx, s.Replies, ref.ID)
	case records.KindChallenge:
		return history(ctx, s.Challenges, ref.ID)
	case records.KindRung:
		return history(ctx, s.Rungs, ref.ID)
	case records.KindDisclosure:
		return history(ctx, s.Disclosures, ref.ID)
	case records.KindMeeting:
		return history(ctx, s.Meetings, ref.ID)
	case records.KindImpact:
		return history(ctx, s.Impacts, ref.ID)
	case records.KindPractice:
		return history(ctx, s.Practices, ref.ID)
	case records.KindChildNote:
		return history(ctx, s.ChildNotes, ref.ID)
	case records.KindDocument:
		return history(ctx, s.Documents, ref.ID)
	case records.KindHold:
		return history(ctx, s.Holds, ref.ID)
	case records.KindRemoval:
		return history(ctx, s.Removals, ref.ID)
	case records.KindDismissal:
		return history(ctx, s.Dismissals, ref.ID)
	case records.KindPupil:
		return history(ctx, s.Pupils, ref.ID)
	case records.KindPerson:
		return history(ctx, s.People, ref.ID)
	case records.KindSchool:
		return history(ctx, s.Schools, ref.ID)
	case records.KindCalendar:
		return history(ctx, s.Calendars, ref.ID)
	case records.KindMember:
		return history(ctx, s.Members, ref.ID)
	case records.KindSupervision:
		return history(ctx, s.Supervisions, ref.ID)
	case records.KindReflection:
		return history(ctx, s.Reflections, ref.ID)
	}
	return nil, fmt.Errorf("versions of a %s: %w", ref.Kind, records.ErrNotFound)
}

func history[T any, P interface {
	*T
	records.Record
}](ctx context.Context, l records.Ledger[T, P], id records.ID) ([]version, error) {
	list, err := l.History(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []version
	for i := range list {
		rec := reflect.ValueOf(&list[i]).Elem()
		all = append(all, version{rec.FieldByName("Meta").Interface().(records.Meta), inWords(&list[i])})
	}
	return all, nil
}

// inWords returns the fields of a record by their JSON names, each as people
// say it; what is in a part of it has the part's name and a full stop before
// its own. Which record another belongs to is left out: it never changes.
func inWords(rec any) map[string]string {
	out := map[string]string{}
	addInWords(out, "", reflect.ValueOf(rec).Elem())
	return out
}

func addInWords(out map[string]string, before string, v reflect.Value) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || name == "marks" && v.Field(i).Kind() == reflect.String || v.Field(i).IsZero() {
			continue
		}
		if _, text := v.Field(i).Interface().(string); text && name == "to" && before == "" {
			name = "to_whom" // a status or help has a day by that name
		}
		switch value := v.Field(i).Interface().(type) {
		case records.Transfer, records.OldFile, records.Review:
			addInWords(out, name+".", v.Field(i))
		default:
			if text, ok := valueInWords(value); ok {
				out[before+name] = text
			}
		}
	}
	if p, ok := v.Interface().(records.Pupil); ok && len(p.Named) > 0 {
		out["named"] = count(len(p.Named), "member is named", "members are named")
	}
	if g, ok := v.Interface().(records.Rung); ok && len(g.ReliesOn) > 0 {
		out["relies_on"] = count(len(g.ReliesOn), "entry", "entries")
	}
}

// valueInWords says a value as people do. It is false for what only ties
// records together.
func valueInWords(value any) (text string, ok bool) {
	switch v := value.(type) {
	case records.ID, []records.ID, records.Ref, []records.Ref, map[string]records.Stamp:
		return "", false
	case []records.Span:
		return spansInWords(v), true
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

// spansInWords says days of the calendar, one stretch to a line.
func spansInWords(spans []records.Span) string {
	var lines []string
	for _, s := range spans {
		days := s.From.String()
		if s.To != s.From {
			days += " to " + s.To.String()
		}
		lines = append(lines, strings.TrimPrefix(s.Name+": "+days, ": "))
	}
	return strings.Join(lines, "\n")
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
	"read": "Chronology read?", "agreed": "Agreed?", "agreed_why": "Why, or why not", "born": "Date of birth",
	"upn": "UPN", "gp": "GP", "nhs_number": "NHS number", "language": "First language", "communication": "How the child communicates",
	"joined": "Joined the school", "left": "Left the school", "named": "Who may open the file", "phone": "Telephone", "email": "E-mail",
	"transfer.next_school": "File: next school", "transfer.sent": "File: sent on", "transfer.how": "File: how it was sent",
	"transfer.to": "File: to whom", "transfer.receipt": "File: receipt", "transfer.not_needed": "File: why none is to be sent",
	"old_file.from": "Last school", "old_file.asked": "Last school: asked on", "old_file.received": "Last school’s file: came on",
	"old_file.none": "Last school: no file", "review.on": "Kept on: decided on", "review.until": "Kept on until", "review.why": "Kept on: why",
	"dfe_number": "DfE number", "front_door": "Front door of social care", "out_of_hours": "Out of hours", "rolled_over": "Pupils moved up for",
	"retain_years": "Years a file is kept after birth", "file_in_school_days": "Five days for a file are school days",
	"cancelled": "Let stay, because", "confirms": "Their decision, now in writing?", "we_watch": "Is the school to monitor the child?",
	"result_why": "Why it ended so", "enquiry": "Outcome of the section 47 enquiry",
	"risk": "Risk if nothing changes", "sought": "What we ask for", "told": "Who else was told", "logged_as": "What they say they logged",
	"assessed": "Assessment finished on", "pack_hash": "Fingerprint of what was sent", "sections": "The pack", "at": "When", "done": "Carried out", "ended_why": "Why it has ended", "taken_back": "Taken back", "reworded": "Changed after a question, before it was kept",
}

// changesOf returns the fields that differ, by name.
func changesOf(was, is map[string]string) []change {
	var all []change
	for name := range was {
		if was[name] != is[name] {
			before, after := was[name], is[name]
			if spanFields[name] {
				before, after = onlyIn(before, after), onlyIn(after, before)
			}
			all = append(all, change{nameOfField(name), before, after})
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

// spanFields are the fields of a calendar. They hold hundreds of days, so only
// those are shown that came or went.
var spanFields = map[string]bool{"terms": true, "closures": true, "bank_holidays": true}

// onlyIn returns the lines of a text that another has not.
func onlyIn(text, other string) string {
	there := strings.Split(other, "\n")
	return strings.Join(slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return slices.Contains(there, l) }), "\n")
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
	load(p.w, func(ctx context.Context) (*earlier, error) { return loadEarlier(ctx, store, []records.Ref{ref}) }, func(all *earlier) {
		empty(e.text)
		e.text.Add(container.NewBorder(nil, nil, nil, plain("Back to the entry", e.read), subheading("What was changed")))
		all.show(e.text)
		e.reading.ScrollToTop()
		e.reading.Refresh()
	})
}
