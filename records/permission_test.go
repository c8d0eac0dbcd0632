package records

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestEveryMethodAsksTheRole calls every exported method of Store and of its
// ledgers as every role, one letter each: D DSL, d deputy, H head, G governor,
// I IT. A method that stands in neither table fails: say there who may call it.
func TestEveryMethodAsksTheRole(t *testing.T) {
	const readers, writers, leads, counters, keepers, everybody = "DdH", "Dd", "D", "DdHG", "DdHI", "DdHGI"
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	ctx := context.Background()
	out := filepath.Join(t.TempDir(), "out")
	nothing := func(io.Writer) error { return nil }
	methods := map[string]struct {
		may  string
		call func() error
	}{
		"Audit":     {leads, func() error { _, err := s.Audit(ctx, AuditFilter{}); return err }},
		"AuditHead": {keepers, func() error { _, _, err := s.AuditHead(ctx); return err }},
		"AddDocument": {writers, func() error {
			return s.AddDocument(ctx, &Document{Pupil: p.ID, Title: "A note", Name: "a.txt"}, strings.NewReader("a"), nil)
		}},
		"AddMember":        {leads, func() error { return s.AddMember(ctx, &Member{}, nil) }},
		"ApplyRoll":        {writers, func() error { return s.ApplyRoll(ctx, &RollPlan{}, RollChoices{}, nil) }},
		"Backup":           {keepers, func() error { _, err := s.Backup(ctx, out, nil); return err }},
		"Backups":          {keepers, func() error { _, err := s.Backups(ctx); return err }},
		"Calendar":         {readers, func() error { _, err := s.Calendar(ctx); return err }},
		"CalendarAt":       {readers, func() error { _, err := s.CalendarAt(ctx, ""); return err }},
		"Draft":            {readers, func() error { _, _, err := s.Draft(ctx, "x"); return err }},
		"Drafts":           {readers, func() error { _, err := s.Drafts(ctx, "x"); return err }},
		"DropDraft":        {writers, func() error { return s.DropDraft(ctx, "x") }},
		"Editions":         {readers, func() error { _, err := s.Editions(ctx); return err }},
		"EachFile":         {readers, func() error { return s.EachFile(ctx, func(*File) error { return nil }) }},
		"EachLeaver":       {readers, func() error { return s.EachLeaver(ctx, "", func(*File) error { return nil }) }},
		"EachFileSince":    {readers, func() error { return s.EachFileSince(ctx, "", func(*File) error { return nil }) }},
		"Export":           {readers, func() error { _, err := s.Export(ctx, "", "nothing", out, nothing); return err }},
		"File":             {readers, func() error { _, err := s.File(ctx, p.ID); return err }},
		"KeepLocalCopy":    {writers, func() error { return s.KeepLocalCopy(ctx, "x", "y") }},
		"DropLocalCopy":    {writers, func() error { return s.DropLocalCopy(ctx, "x") }},
		"LocalCopies":      {readers, func() error { _, err := s.LocalCopies(ctx); return err }},
		"UsesProcedures":   {readers, func() error { _, err := s.UsesProcedures(ctx, "x"); return err }},
		"LastBackup":       {keepers, func() error { _, err := s.LastBackup(ctx); return err }},
		"LetBackIn":        {leads, func() error { return s.LetBackIn(ctx, &Member{}, "", nil) }},
		"LogConcern":       {writers, func() error { return s.LogConcern(ctx, testConcern(p.ID), nil, "") }},
		"Namesake":         {readers, func() error { _, _, err := s.Namesake(ctx, &Pupil{}); return err }},
		"NewRecovery":      {leads, func() error { _, err := s.NewRecovery(ctx); return err }},
		"NewYear":          {readers, func() error { _, err := s.NewYear(ctx); return err }},
		"NameMembers":      {writers, func() error { return s.NameMembers(ctx, p.ID, nil, "x") }},
		"CloseConcern":     {writers, func() error { return s.CloseConcern(ctx, "", "x") }},
		"ReopenConcern":    {writers, func() error { return s.ReopenConcern(ctx, "", "x") }},
		"NoteSearch":       {readers, func() error { return s.NoteSearch(ctx, nil) }},
		"Numbers":          {counters, func() error { _, err := s.Numbers(ctx); return err }},
		"OpenDocument":     {readers, func() error { _, err := s.OpenDocument(ctx, "x"); return err }},
		"OpenFile":         {readers, func() error { _, err := s.OpenFile(ctx, p.ID); return err }},
		"Picture":          {readers, func() error { _, err := s.Picture(ctx, "x", 100); return err }},
		"Imprint":          {readers, func() error { _, err := s.Imprint(ctx); return err }},
		"PreviewConcerns":  {writers, func() error { _, err := s.PreviewConcerns(ctx, "x", "", nil); return err }},
		"ApplyConcerns":    {writers, func() error { return s.ApplyConcerns(ctx, &ConcernPlan{}, nil) }},
		"PreviewRoll":      {writers, func() error { _, err := s.PreviewRoll(ctx, &Roll{}); return err }},
		"ResetPassphrase":  {leads, func() error { return s.ResetPassphrase(ctx, "x", nil) }},
		"Retention":        {readers, func() error { _, err := s.Retention(ctx, ""); return err }},
		"RetireMember":     {leads, func() error { return s.RetireMember(ctx, "x", "") }},
		"RollOver":         {writers, func() error { _, err := s.RollOver(ctx, &NewYear{}); return err }},
		"SharedWith":       {writers, func() error { _, err := s.SharedWith(ctx, &Removal{}); return err }},
		"SaveDocument":     {readers, func() error { return s.SaveDocument(ctx, "x", out) }},
		"RollColumns":      {readers, func() error { _, err := s.RollColumns(ctx, "x"); return err }},
		"SaveDraft":        {writers, func() error { return s.SaveDraft(ctx, "x", "y") }},
		"School":           {readers, func() error { _, err := s.School(ctx); return err }},
		"Search":           {readers, func() error { _, err := s.Search(ctx, "x", 1); return err }},
		"Seen":             {readers, func() error { _, err := s.Seen(ctx); return err }},
		"SetSeen":          {readers, func() error { return s.SetSeen(ctx, p.ID, "x") }},
		"SetRollColumns":   {writers, func() error { return s.SetRollColumns(ctx, "x", "y") }},
		"SetPassphrase":    {everybody, func() error { return s.SetPassphrase(ctx, nil) }},
		"Thumbnail":        {readers, func() error { _, err := s.Thumbnail(ctx, "x"); return err }},
		"Update":           {writers, func() error { return s.Update(ctx, func(*Tx) error { return nil }) }},
		"Verify":           {keepers, func() error { _, err := s.Verify(ctx, nil); return err }},
		"VerifyChain":      {keepers, func() error { _, err := s.VerifyChain(ctx); return err }},
		"WriteAudit":       {leads, func() error { return s.WriteAudit(ctx, &bytes.Buffer{}, AuditFilter{}) }},
		"AskRemoval":       {leads, func() error { return s.AskRemoval(ctx, &Removal{}) }},
		"CancelRemoval":    {writers, func() error { return s.CancelRemoval(ctx, "x", "y") }},
		"CarryOutRemovals": {writers, func() error { _, err := s.CarryOutRemovals(ctx); return err }}}
	silent := map[string]string{
		"CanUnlock": "tells of keys, which are named in the file's header",
		"Close":     "locks",
		"Opens":     "tells what the role and the pupil's own record say",
		"Path":      "tells where the file is",
		"VaultID":   "tells what the file's header shows",
	}
	for m := range reflect.TypeFor[*Store]().Methods() {
		if _, known := methods[m.Name]; !known && silent[m.Name] == "" {
			t.Errorf("Store.%s: this test does not say which roles may call it", m.Name)
		}
	}
	for name, m := range methods {
		asRoles(t, s, "Store."+name, m.may, m.call)
	}
	eachLedger(s, func(name string, ledger reflect.Value) {
		for i := range ledger.NumMethod() {
			method := ledger.Type().Method(i).Name
			may := readers
			if name == "Supervisions" {
				may = writers
			}
			if method == "Save" {
				may = writers
				if name == "Members" || name == "Removals" {
					may = leads
				}
			}
			asRoles(t, s, name+"."+method, may, func() error { return callBlank(ctx, ledger.Method(i)) })
		}
	})
	s.Me.Role, s.Me.Retired = DSL, "2025-03-03"
	for name, m := range methods {
		if err := m.call(); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("Store.%s by somebody who has retired: %v, want ErrNotAllowed", name, err)
		}
	}
}

// asRoles calls do as every role.
func asRoles(t *testing.T, s *Store, name, may string, do func() error) {
	t.Helper()
	letters := map[Role]rune{DSL: 'D', Deputy: 'd', Head: 'H', Governor: 'G', IT: 'I', "": '-', "caretaker": '-'}
	for role, letter := range letters {
		s.Me.Role = role
		err := do()
		if got, want := !errors.Is(err, ErrNotAllowed), bytes.ContainsRune([]byte(may), letter); got != want {
			t.Errorf("%s as %q: allowed is %v (%v), want %v", name, role, got, err, want)
		}
	}
	s.Me.Role = DSL
}

func eachLedger(s *Store, do func(name string, ledger reflect.Value)) {
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if _, ok := f.Type.MethodByName("Under"); ok && f.IsExported() {
			do(f.Name, v.Field(i))
		}
	}
}

// callBlank calls a ledger's method with a blank record and an id of nothing,
// and returns its error.
func callBlank(ctx context.Context, method reflect.Value) error {
	var args []reflect.Value
	for i := range method.Type().NumIn() {
		switch in := method.Type().In(i); {
		case in == reflect.TypeFor[context.Context]():
			args = append(args, reflect.ValueOf(ctx))
		case in.Kind() == reflect.Pointer:
			args = append(args, reflect.New(in.Elem()))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	results := method.Call(args)
	err, _ := results[len(results)-1].Interface().(error)
	return err
}
