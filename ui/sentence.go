package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"syscall"

	"throughline/chronology/review"
	"throughline/records"
	"throughline/records/roll"
	"throughline/records/vault"
	"throughline/referral"
)

// Sentence turns an error into one sentence that says what is wrong and what to
// do. Errors that it does not know are logged and become a general sentence; no
// error's own text is shown, since only ours are written for people.
func Sentence(err error) string {
	var invalid *records.Invalid
	var inUse vault.InUse
	switch {
	case err == nil:
		return ""
	case errors.As(err, &invalid) && len(invalid.Problems) > 0:
		return invalid.Error()
	case errors.As(err, &inUse):
		return "This record is already open" + who(inUse) + ". Close it there, then try again."
	}
	for _, s := range sentences {
		if errors.Is(err, s.err) {
			return s.text
		}
	}
	slog.Error("unexpected", "kinds", kindsOf(err))
	return "That did not work, and nothing was changed. Try again; if it happens again, close Throughline and open it anew."
}

// kindsOf names the kinds of an error and of those it wraps, and the system's
// own words where they are the cause. The text itself may hold a path, and a
// file may be named after a child.
func kindsOf(err error) string {
	var kinds []string
	for e := err; e != nil; e = errors.Unwrap(e) {
		kind := fmt.Sprintf("%T", e)
		if n, ok := e.(syscall.Errno); ok {
			kind = n.Error()
		}
		kinds = append(kinds, kind)
	}
	return strings.Join(kinds, ": ")
}

var sentences = []struct {
	err  error
	text string
}{
	{review.ErrEmpty, asSentence(review.ErrEmpty)},
	{review.ErrNotSpreadsheet, asSentence(review.ErrNotSpreadsheet)},
	{review.ErrOldExcel, asSentence(review.ErrOldExcel)},
	{review.ErrPassword, asSentence(review.ErrPassword)},
	{review.ErrTooLarge, asSentence(review.ErrTooLarge)},
	{review.ErrNoDates, asSentence(review.ErrNoDates)},
	{review.ErrColumn, asSentence(review.ErrColumn)},
	{review.ErrField, asSentence(review.ErrField)},
	{review.ErrTwice, asSentence(review.ErrTwice)},
	{roll.ErrNoNames, asSentence(roll.ErrNoNames)},
	{roll.ErrColumn, asSentence(roll.ErrColumn)},
	{roll.ErrField, asSentence(roll.ErrField)},
	{roll.ErrDoctype, asSentence(roll.ErrDoctype)},
	{roll.ErrNotCTF, asSentence(roll.ErrNotCTF)},
	{roll.ErrBroken, asSentence(roll.ErrBroken)},
	{roll.ErrNoPupils, asSentence(roll.ErrNoPupils)},
	{vault.ErrWrongKey, "That passphrase does not open this record. Check Caps Lock and try again, or use the printed recovery key."},
	{vault.ErrRecoveryKey, "That recovery key has a typing mistake. Compare it with the printed sheet, group by group."},
	{vault.ErrNewer, "This record was made by a newer version of Throughline. Update Throughline, then open it."},
	{vault.ErrNotVault, "This file is not a Throughline record. Choose a file that ends in .throughline."},
	{vault.ErrDamaged, "This file is damaged, and Throughline will not guess what stood there. Nothing was changed. Use your last copy."},
	{vault.ErrReadOnly, "This folder or file cannot be written to. Copy the record to a folder of your own, or ask IT for permission."},
	{vault.ErrGone, "The disk with the record does not answer, so this was not saved. What you typed is still here: connect the drive or the network again. If it still does not save, copy it, then lock and unlock."},
	{vault.ErrFull, "The disk is full. Nothing was lost: free some space, then save again."},
	{vault.ErrExists, "There is already a file of that name. Choose another name."},
	{vault.ErrEmptyPassphrase, "Type your passphrase."},
	{vault.ErrSlot, "This name cannot be used for a key: it is too long. Choose a shorter one."},
	{records.ErrNoRoom, "This record has as many keys as it can hold, one for each of 25 members. Retire somebody who no longer needs theirs, then try again."},
	{vault.ErrBusy, "Throughline is still reading or writing this record. Wait a moment, then try again."},
	{vault.ErrClosed, "The record is locked. Unlock it, then try again."},
	{vault.ErrInUse, "This record is already open in another window. Close it there, then try again."},
	{vault.ErrNotFound, "There is no record at that place. It may be on a drive that is not connected."},
	{records.ErrNoFolder, "The folder for backups is not there. Connect the drive it is on, or choose another folder."},
	{records.ErrOtherRecord, "This backup is of another record, so it was not put in place of this one. Name a backup of this record."},
	{records.ErrBroken, "The record does not fit its own audit trail: somebody changed it outside Throughline. Run Verify, and use your last good copy."},
	{records.ErrNoPicture, "This picture is damaged, or too large to be shown here. Save a copy to look at it."},
	{records.ErrConflict, "Somebody saved this meanwhile. Open it again to see their version; what you typed is kept as a draft."},
	{records.ErrInvalid, "Something here breaks a rule of the record. Look through what you typed, then save again."},
	{records.ErrUPN, records.ErrUPN.Error()},
	{records.ErrDateForm, records.ErrDateForm.Error()},
	{records.ErrNoSuchDay, records.ErrNoSuchDay.Error()},
	{records.ErrClock, records.ErrClock.Error()},
	{records.ErrNotGovUK, records.ErrNotGovUK.Error()},
	{records.ErrTooEarly, "That school year has not begun yet. Move the pupils up from 1 September."},
	{records.ErrLastDSL, "This is the last designated safeguarding lead who can unlock the record. Make somebody else one first."},
	{records.ErrLocked, "This file is locked to named members. Ask one of them, or log a concern, which they will read."},
	{records.ErrLastNamed, "This member is the last who can open a locked file. Let somebody else be named on that file first."},
	{records.ErrNotAllowed, "Your role does not allow this. Ask the designated safeguarding lead."},
	{referral.ErrNoRung, referral.ErrNoRung.Error()},
	{referral.ErrRungTaken, referral.ErrRungTaken.Error()},
	{referral.ErrJump, referral.ErrJump.Error()},
	{referral.ErrResolved, referral.ErrResolved.Error()},
	{records.ErrNotFound, "This entry is not there any more. Go back and open it again."},
	{syscall.ENOSPC, "The disk is full. Nothing was lost: free some space, then save again."},
	{syscall.EISDIR, "This is a folder. Choose a file in it."},
	{syscall.ENOTDIR, "Part of this path is a file, not a folder. Choose another folder."},
	{syscall.ENAMETOOLONG, "This name is too long for the disk. Choose a shorter one."},
	{fs.ErrPermission, "This folder or file cannot be written to. Choose a folder of your own, or ask IT for permission."},
	{fs.ErrNotExist, "There is nothing at that place. It may be on a drive that is not connected."},
}

func who(u vault.InUse) string {
	if u.User == "" && u.Host == "" {
		return " in another window"
	}
	return " by " + u.User + " on " + u.Host
}

// asSentence returns the text of an error that was written for people, as a
// sentence of its own.
func asSentence(err error) string { return upperFirst(err.Error()) + "." }
