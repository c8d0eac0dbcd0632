package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// addMember gives the school of a window another member.
func addMember(t *testing.T, w *Window, name string, role records.Role) records.Member {
	t.Helper()
	m := records.Member{Name: name, Role: role}
	if err := w.store.AddMember(context.Background(), &m, []byte("paper kettle moss")); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestADeputyBecomesLeadAndComesBack(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	m := addMember(t, w, "Jo Bell", records.Deputy)
	visit(w, newSettingsPage(w))
	pressLast(t, w, "Change …") // one's own: Jo comes before Ms Quill
	if role := seen[*widget.Select](w)[0]; !role.Disabled() {
		t.Error("one's own role can be chosen")
	}
	fill(t, w, "Telephone", "0300 555 0101")
	fill(t, w, "Why", "New number.")
	press(t, w, "Save")
	if me, err := w.store.Members.Get(ctx, w.store.Me.ID); err != nil || me.Phone != "0300 555 0101" || me.Role != records.DSL {
		t.Errorf("one's own telephone: %+v, %v", me, err)
	}
	press(t, w, "Change …")
	seen[*widget.Select](w)[0].SetSelected(records.DSL.String())
	press(t, w, "Save")
	if !says(w, "Say why this is changed.") {
		t.Error("a missing reason is not told")
	}
	fill(t, w, "E-mail", "jo@thistle.sch.uk")
	fill(t, w, "Why", "Lead from January.")
	press(t, w, "Save")
	m, err := w.store.Members.Get(ctx, m.ID)
	if err != nil || m.Role != records.DSL || m.Email != "jo@thistle.sch.uk" || m.Why != "Lead from January." {
		t.Errorf("the member: %+v, %v", m, err)
	}
	press(t, w, "Retire …")
	fill(t, w, "Why", "On leave.")
	press(t, w, "Retire")
	press(t, w, "Let back in …")
	seen[*widget.Select](w)[0].SetSelected(records.Deputy.String())
	fill(t, w, "Why", "Back from leave.")
	fill(t, w, "Passphrase to tell them", "candle rope harbour")
	fill(t, w, "The same again", "candle rope harbour")
	press(t, w, "Let back in")
	if m, err = w.store.Members.Get(ctx, m.ID); err != nil || m.Retired != "" || m.Role != records.Deputy || !w.store.CanUnlock(m) {
		t.Fatalf("who came back: %+v, %v", m, err)
	}
	s, err := records.Open(ctx, copyOf(t, w), []byte("candle rope harbour"))
	if err != nil || s.Me.Name != "Jo Bell" {
		t.Fatalf("the passphrase of who came back: %v", err)
	}
	s.Close()
}

// pressLast taps the last button of a name.
func pressLast(t *testing.T, w *Window, label string) {
	t.Helper()
	var last *widget.Button
	for _, b := range seen[*widget.Button](w) {
		if b.Text == label {
			last = b
		}
	}
	if last == nil {
		t.Fatalf("there is no button %q", label)
	}
	last.OnTapped()
	w.tasks.Wait()
}

func TestANewRecoveryKeyIsShownOnce(t *testing.T) {
	w := newSchool(t)
	visit(w, newSettingsPage(w))
	press(t, w, "New recovery key …")
	press(t, w, "Make a new key")
	if !says(w, "Write down the new recovery key") {
		t.Fatal("the key is not shown")
	}
	key := ""
	for _, l := range seen[*widget.Label](w) {
		if l.TextStyle.Monospace {
			key = l.Text
		}
	}
	press(t, w, "I have it on paper")
	if !says(w, "This is not the last group.") {
		t.Error("it goes on without the last group")
	}
	entryNamed(t, w, "Type the last group of the key, to show that you have it on paper").SetText(key[strings.LastIndex(key, "-")+1:])
	press(t, w, "I have it on paper")
	if w.page.place() != placeSettings || says(w, "Write down the new recovery key") {
		t.Error("the settings are not shown again")
	}
	s, err := records.OpenWithRecovery(context.Background(), copyOf(t, w), key, []byte("candle rope harbour"))
	if err != nil {
		t.Fatalf("the new key: %v", err)
	}
	s.Close()
}
