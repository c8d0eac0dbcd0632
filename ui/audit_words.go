package ui

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"throughline/records"
	"throughline/records/vault"
)

// line says an entry of the audit trail in words: "Ruth Adeyemi saved a concern
// of Zoë Nguyễn — version 2".
func (n auditNames) line(a records.AuditEntry) string {
	who := cmp.Or(n.members[a.Member], "Somebody unknown")
	switch a.Act {
	case records.ActCreate:
		return who + " began the record"
	case records.ActUnlock:
		return who + " unlocked the record"
	case records.ActFailed:
		count, since, _ := strings.Cut(a.Content, " since ")
		return "Failed attempts to unlock since " + records.Stamp(since).String() + ": " + count
	case records.ActSave:
		return who + " saved " + n.saved(a) + fmt.Sprintf(" — version %d", a.Version)
	case records.ActRemove:
		at := ""
		if asker := n.asked[records.ID(a.Content)]; asker != "" && asker != who {
			at = " at " + asker + "’s request"
		}
		return who + " carried out a removal" + at + ": " + n.saved(a) + ", every version"
	case records.ActView:
		if a.Kind == records.KindDocument {
			return who + " opened a document" + n.of(a)
		}
		if a.Content == records.SearchSeen {
			return who + " saw what a search found" + n.of(a)
		}
		return who + " opened the file" + n.of(a)
	case records.ActExport:
		what, _, found := lastCut(a.Content, " ")
		if !found {
			what = a.Content
		}
		if strings.HasPrefix(what, "document ") { // its id says nothing to people
			what = "a document"
		}
		return who + " exported: " + what + n.of(a)
	case records.ActPassphrase:
		if a.Record == a.Member {
			return who + " changed their passphrase"
		}
		return who + " gave a new passphrase to " + cmp.Or(n.members[a.Record], "a member")
	case records.ActRecovery:
		return who + " made a new recovery key"
	case records.ActBackup:
		return who + " made a backup"
	case records.ActBackupFailed:
		return "A backup failed while " + who + " had the record open: " + failureInWords(a.Failure())
	case records.ActRestore:
		return who + " put a backup in place of the record"
	}
	return who + ": " + string(a.Act)
}

// failureInWords says why a backup failed, as it was then.
func failureInWords(err error) string {
	for _, f := range []struct {
		err  error
		says string
	}{
		{records.ErrNoFolder, "the folder was not there"}, {vault.ErrNotFound, "the folder went away meanwhile"},
		{vault.ErrReadOnly, "the folder could not be written to"}, {vault.ErrFull, "the drive was full"},
		{vault.ErrExists, "there was a file of that name already"}, {vault.ErrInUse, "the file was in use"},
		{vault.ErrDamaged, "the copy was not sound"}, {records.ErrBroken, "the copy was not sound"},
	} {
		if errors.Is(err, f.err) {
			return f.says
		}
	}
	return "why is not known"
}

// of says whose file an entry is about, if it is one.
func (n auditNames) of(a records.AuditEntry) string {
	if a.Pupil == "" {
		return ""
	}
	return " of " + cmp.Or(n.pupils[a.Pupil], "a pupil")
}

// savedKinds says what was saved; a kind that is not here says its own name.
var savedKinds = map[records.Kind]string{
	records.KindSchool: "the school's details", records.KindCalendar: "the calendar", records.KindPupil: "the details",
	records.KindStatus: "a status", records.KindPerson: "a person", records.KindTie: "a relationship",
	records.KindConcern: "a concern", records.KindAction: "an action", records.KindMonitoring: "a monitoring plan",
	records.KindSupport: "help that was tried", records.KindReferral: "a referral", records.KindReply: "a reply",
	records.KindMovedOut: "that a concern was moved out of the file", records.KindRemoval: "a request for removal", records.KindHold: "a hold", records.KindDocument: "a document",
	records.KindChallenge: "a challenge", records.KindRung: "a step of a challenge", records.KindDisclosure: "what was shared",
	records.KindMeeting: "a meeting", records.KindImpact: "what it changed", records.KindPractice: "good practice",
	records.KindDismissal: "a pattern that was set aside", records.KindChildNote: "a supervision note", records.KindMember: "a member",
	records.KindSupervision: "a supervision session", records.KindReflection: "a reflection on supervision",
}

func (n auditNames) saved(a records.AuditEntry) string {
	if a.Kind == records.KindMember {
		return "the member " + cmp.Or(n.members[a.Record], "of an unknown name")
	}
	return kindInWords(a.Kind) + n.of(a)
}

// lastCut cuts s around the last separator.
func lastCut(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}
