package ui

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
	"throughline/referral"
)

// sentinels are the errors that callers may ask for, by package and name.
var sentinels = map[string]error{
	"vault.ErrWrongKey": vault.ErrWrongKey, "vault.ErrRecoveryKey": vault.ErrRecoveryKey, "vault.ErrEmptyPassphrase": vault.ErrEmptyPassphrase,
	"vault.ErrDamaged": vault.ErrDamaged, "vault.ErrNewer": vault.ErrNewer, "vault.ErrNotVault": vault.ErrNotVault, "vault.ErrInUse": vault.ErrInUse,
	"vault.ErrReadOnly": vault.ErrReadOnly, "vault.ErrFull": vault.ErrFull, "vault.ErrNotFound": vault.ErrNotFound, "vault.ErrExists": vault.ErrExists,
	"vault.ErrSlot": vault.ErrSlot, "vault.ErrBusy": vault.ErrBusy, "vault.ErrClosed": vault.ErrClosed, "vault.ErrGone": vault.ErrGone,
	"records.ErrNoPicture": records.ErrNoPicture,
	"records.ErrNotFound":  records.ErrNotFound, "records.ErrConflict": records.ErrConflict, "records.ErrInvalid": records.ErrInvalid,
	"records.ErrTooEarly": records.ErrTooEarly,
	"records.ErrNotGovUK": records.ErrNotGovUK,
	"records.ErrBroken":   records.ErrBroken, "records.ErrNotAllowed": records.ErrNotAllowed, "records.ErrUPN": records.ErrUPN, "records.ErrLastDSL": records.ErrLastDSL, "records.ErrNoRoom": records.ErrNoRoom, "records.ErrLastNamed": records.ErrLastNamed, "records.ErrLocked": records.ErrLocked, "records.ErrNoFolder": records.ErrNoFolder, "records.ErrOtherRecord": records.ErrOtherRecord,
	"records.ErrDateForm": records.ErrDateForm, "records.ErrNoSuchDay": records.ErrNoSuchDay, "records.ErrClock": records.ErrClock,
	"referral.ErrNoRung": referral.ErrNoRung, "referral.ErrRungTaken": referral.ErrRungTaken, "referral.ErrJump": referral.ErrJump, "referral.ErrResolved": referral.ErrResolved,
}

const secret = "Ned Alder's secret"

// general is the sentence for an error that nobody foresaw.
var general = Sentence(errors.New(secret))

// isSentence reports whether s can be shown to a teacher: it is a sentence and
// not the one for errors that nobody foresaw.
func isSentence(s string) bool {
	return s != general && len(s) > 15 && strings.HasSuffix(s, ".") && strings.ToUpper(s[:1]) == s[:1] && !strings.Contains(s, secret)
}

func TestEverySentinelHasItsSentence(t *testing.T) {
	for name, err := range sentinels {
		if got := Sentence(fmt.Errorf("open %s: %w", secret, err)); !isSentence(got) {
			t.Errorf("%s: it says %q", name, got)
		}
	}
	for _, err := range []error{
		vault.InUse{Host: "office-2", User: "quill"}, vault.InUse{}, vault.Damage{Page: 7, What: secret},
		&records.Invalid{}, syscall.ENOSPC, syscall.ENOTDIR, syscall.EISDIR, syscall.ENAMETOOLONG, fs.ErrPermission, fs.ErrNotExist,
	} {
		if got := Sentence(fmt.Errorf("open %s: %w", secret, err)); !isSentence(got) {
			t.Errorf("%T %v: it says %q", err, err, got)
		}
	}
	if got := Sentence(nil); got != "" {
		t.Errorf("Sentence(nil) = %q", got)
	}
}

// TestSentinelsAreAll finds the errors in the source, so that a new one gets
// its sentence too.
func TestSentinelsAreAll(t *testing.T) {
	for _, dir := range []string{"../records", "../records/vault", "../referral"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(files), err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok || g.Tok != token.VAR {
					continue
				}
				for _, s := range g.Specs {
					for _, id := range s.(*ast.ValueSpec).Names {
						full := filepath.Base(dir) + "." + id.Name
						if _, known := sentinels[full]; strings.HasPrefix(id.Name, "Err") && !known {
							t.Errorf("%s has no sentence that a test asks for", full)
						}
					}
				}
			}
		}
	}
}

func TestUnknownErrorsAreNotShown(t *testing.T) {
	if strings.Contains(general, secret) || !strings.HasSuffix(general, ".") {
		t.Errorf("it says %q", general)
	}
	if got := Sentence(fmt.Errorf("save %s: %w", secret, errors.New("boom"))); got != general {
		t.Errorf("it says %q, want the general sentence", got)
	}
}

// TestSentencesHoldNothingTyped breaks every rule of every kind of record and
// looks for what was typed.
func TestSentencesHoldNothingTyped(t *testing.T) {
	now := records.StampOf(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	for _, rec := range []interface{ Check(records.Stamp) error }{
		&records.School{}, &records.Member{}, &records.Calendar{}, &records.Pupil{}, &records.StatusBand{}, &records.Person{}, &records.Tie{},
		&records.Concern{}, &records.Action{}, &records.Monitoring{}, &records.Support{}, &records.Referral{}, &records.Reply{},
		&records.Challenge{}, &records.Rung{}, &records.Disclosure{},
	} {
		for _, typed := range []string{strings.Repeat(secret, 2000), secret + "\x00\n"} {
			garble(reflect.ValueOf(rec).Elem(), typed)
			err := rec.Check(now)
			var invalid *records.Invalid
			if !errors.As(err, &invalid) {
				t.Errorf("%T passes as %.30q: %v", rec, typed, err)
				continue
			}
			if got := Sentence(fmt.Errorf("save: %w", err)); strings.Contains(got, secret) || got == general {
				t.Errorf("%T: it says %q", rec, got)
			}
		}
	}
}

// garble sets every string in a struct, and in what it holds, to text.
func garble(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			garble(v.Field(i), text)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		garble(v.Index(0), text)
	case reflect.String:
		v.SetString(text)
	}
}

func TestTheLogSaysNoPath(t *testing.T) {
	_, err := os.Open(filepath.Join(t.TempDir(), "Ned Alder.pdf"))
	said := kindsOf(fmt.Errorf("look at Ned Alder: %w", err))
	if strings.Contains(said, "Ned") || !strings.Contains(said, "PathError") || !strings.Contains(said, syscall.ENOENT.Error()) {
		t.Errorf("logged %q", said)
	}
}
