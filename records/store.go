package records

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/pressly/goose/v3"

	"throughline/records/vault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is an unlocked school: every ledger, for the member who unlocked it. It
// is safe for use by several goroutines.
type Store struct {
	// Now tells the time; tests and the demo school set it.
	Now func() time.Time
	// Me is the member who unlocked the vault.
	Me Member

	Schools      Ledger[School, *School]
	Members      Ledger[Member, *Member]
	Calendars    Ledger[Calendar, *Calendar]
	Pupils       Ledger[Pupil, *Pupil]
	Bands        Ledger[StatusBand, *StatusBand]
	People       Ledger[Person, *Person]
	Ties         Ledger[Tie, *Tie]
	Concerns     Ledger[Concern, *Concern]
	Actions      Ledger[Action, *Action]
	Monitorings  Ledger[Monitoring, *Monitoring]
	Supports     Ledger[Support, *Support]
	Referrals    Ledger[Referral, *Referral]
	Replies      Ledger[Reply, *Reply]
	Challenges   Ledger[Challenge, *Challenge]
	Rungs        Ledger[Rung, *Rung]
	Disclosures  Ledger[Disclosure, *Disclosure]
	Dismissals   Ledger[Dismissal, *Dismissal]
	Removals     Ledger[Removal, *Removal]
	MovesOut     Ledger[MovedOut, *MovedOut]
	Documents    Ledger[Document, *Document]
	Holds        Ledger[Hold, *Hold]
	Meetings     Ledger[Meeting, *Meeting]
	Impacts      Ledger[Impact, *Impact]
	Practices    Ledger[GoodPractice, *GoodPractice]
	Supervisions Ledger[Supervision, *Supervision]
	ChildNotes   Ledger[ChildNote, *ChildNote]
	Reflections  Ledger[Reflection, *Reflection]

	locks   locks // of files
	vault   *vault.Vault
	db      *sql.DB
	cost    vault.Cost // of the keys made for further members; the zero Cost is the default
	writing sync.Mutex
	copying sync.Mutex // one backup at a time
}

// Setup is what a new school starts with.
type Setup struct {
	School     School
	Member     Member           // who makes it: the DSL
	Calendar   Calendar         // without bank holidays it gets those of ten years
	Passphrase []byte           // the member's
	Invented   bool             // nothing in it is secret: the passphrase may be easy to guess, if not short
	Cost       vault.Cost       // of guessing the passphrase; the zero Cost is the default
	Now        func() time.Time // nil is time.Now
}

// Create makes a new school in a vault at path and returns it unlocked, with
// the recovery key to print. The key is shown once: it is not kept. Returns the
// errors of vault.Create, or an *Invalid when the setup breaks a rule; then no
// file is left behind.
func Create(ctx context.Context, path string, set Setup) (*Store, vault.Recovery, error) {
	now := set.Now
	if now == nil {
		now = time.Now
	}
	stamp := StampOf(now())
	if err := oneInvalid(errors.Join(set.School.Check(stamp), set.Member.Check(stamp), set.Calendar.Check(stamp),
		set.checkPassphrase())); err != nil {
		return nil, "", err
	}
	var options []vault.Option
	if set.Cost != (vault.Cost{}) {
		options = append(options, set.Cost)
	}
	v, recovery, err := vault.Create(path, set.Member.Name, set.Passphrase, options...)
	if err != nil {
		return nil, "", err
	}
	s := newStore(v, now)
	s.cost = set.Cost
	if err := s.begin(ctx, set); err != nil {
		return nil, "", errors.Join(err, v.Close(), vault.Remove(path))
	}
	return s, recovery, nil
}

// begin keeps the first records of a new school.
func (s *Store) begin(ctx context.Context, set Setup) error {
	if err := s.prepare(ctx); err != nil {
		return err
	}
	s.Me = set.Member
	return s.update(ctx, func(tx *Tx) error {
		if err := tx.Save(&s.Me, ""); err != nil {
			return err
		}
		if err := tx.audit(event{act: ActCreate, content: s.vault.ID()}); err != nil {
			return err
		}
		school := set.School
		if err := tx.Save(&school, ""); err != nil {
			return err
		}
		cal := set.Calendar
		if year := s.Now().Year(); len(cal.BankHolidays) == 0 {
			cal.BankHolidays = BankHolidays(year-5, year+5)
		}
		return tx.Save(&cal, "")
	})
}

// Open unlocks a school with a member's passphrase. It returns the errors of
// vault.Open, vault.ErrWrongKey also for a member who has retired; ErrNotAllowed
// when no member has the slot that opened. A passphrase that was wrong is noted
// beside the vault and written into the audit trail by whoever opens it next.
func Open(ctx context.Context, path string, passphrase []byte) (*Store, error) {
	v, err := vault.Open(path, passphrase)
	if err != nil {
		return nil, missed(path, err)
	}
	s := newStore(v, time.Now)
	if err := s.unlocked(ctx, v.Slot()); err != nil {
		return nil, missed(path, errors.Join(err, v.Close()))
	}
	return s, nil
}

// OpenWithRecovery unlocks a school with its printed recovery key and gives the
// first DSL a new passphrase, since theirs is lost. It returns the errors of
// vault.OpenRecovery, and an *Invalid when the passphrase is too weak.
func OpenWithRecovery(ctx context.Context, path, key string, passphrase []byte) (*Store, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return nil, err
	}
	v, err := vault.OpenRecovery(path, key)
	if err != nil {
		return nil, missed(path, err)
	}
	s := newStore(v, time.Now)
	if err := s.recover(ctx, passphrase); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return s, nil
}

func (s *Store) recover(ctx context.Context, passphrase []byte) error {
	m, err := s.firstDSL(ctx)
	if err != nil {
		return err
	}
	if err := s.passphraseFor(ctx, m.Name, passphrase); err != nil {
		return err
	}
	if err := s.giveKey(m.Name, passphrase); err != nil {
		return err
	}
	return s.unlocked(ctx, m.Name)
}

// firstDSL returns the DSL who has been here longest, for whom the recovery key
// speaks; ErrNotAllowed when there is none.
func (s *Store) firstDSL(ctx context.Context) (Member, error) {
	members, err := queryAll[Member](ctx, s.db, newest+` WHERE r.kind = $1 ORDER BY r.created_at`, KindMember)
	if err != nil {
		return Member{}, err
	}
	for _, m := range members {
		if m.Role == DSL && m.Retired == "" {
			return m, nil
		}
	}
	return Member{}, ErrNotAllowed
}

func newStore(v *vault.Vault, now func() time.Time) *Store {
	s := &Store{Now: now, vault: v, db: v.DB()}
	s.Schools = Ledger[School, *School]{s, KindSchool}
	s.Members = Ledger[Member, *Member]{s, KindMember}
	s.Calendars = Ledger[Calendar, *Calendar]{s, KindCalendar}
	s.Pupils = Ledger[Pupil, *Pupil]{s, KindPupil}
	s.Bands = Ledger[StatusBand, *StatusBand]{s, KindStatus}
	s.People = Ledger[Person, *Person]{s, KindPerson}
	s.Ties = Ledger[Tie, *Tie]{s, KindTie}
	s.Concerns = Ledger[Concern, *Concern]{s, KindConcern}
	s.Actions = Ledger[Action, *Action]{s, KindAction}
	s.Monitorings = Ledger[Monitoring, *Monitoring]{s, KindMonitoring}
	s.Supports = Ledger[Support, *Support]{s, KindSupport}
	s.Referrals = Ledger[Referral, *Referral]{s, KindReferral}
	s.Replies = Ledger[Reply, *Reply]{s, KindReply}
	s.Challenges = Ledger[Challenge, *Challenge]{s, KindChallenge}
	s.Rungs = Ledger[Rung, *Rung]{s, KindRung}
	s.Disclosures = Ledger[Disclosure, *Disclosure]{s, KindDisclosure}
	s.Dismissals = Ledger[Dismissal, *Dismissal]{s, KindDismissal}
	s.Removals = Ledger[Removal, *Removal]{s, KindRemoval}
	s.MovesOut = Ledger[MovedOut, *MovedOut]{s, KindMovedOut}
	s.Documents = Ledger[Document, *Document]{s, KindDocument}
	s.Holds = Ledger[Hold, *Hold]{s, KindHold}
	s.Meetings = Ledger[Meeting, *Meeting]{s, KindMeeting}
	s.Impacts = Ledger[Impact, *Impact]{s, KindImpact}
	s.Practices = Ledger[GoodPractice, *GoodPractice]{s, KindPractice}
	s.Supervisions = Ledger[Supervision, *Supervision]{s, KindSupervision}
	s.ChildNotes = Ledger[ChildNote, *ChildNote]{s, KindChildNote}
	s.Reflections = Ledger[Reflection, *Reflection]{s, KindReflection}
	return s
}

// unlocked finds the member whose slot opened the vault and notes it. It drops
// the key of everybody who has retired and still has one: see RetireMember.
func (s *Store) unlocked(ctx context.Context, slot string) error {
	if err := s.prepare(ctx); err != nil {
		return err
	}
	members, err := queryAll[Member](ctx, s.db, newest+` WHERE r.kind = $1`, KindMember)
	if err != nil {
		return err
	}
	refused := fmt.Errorf("unlock: %w", ErrNotAllowed)
	for _, m := range members {
		switch {
		case m.Retired != "":
			if err := s.dropKey(m.Name); err != nil {
				return err
			}
			if m.Name == slot {
				refused = fmt.Errorf("unlock: %w", vault.ErrWrongKey)
			}
		case m.Name == slot:
			s.Me = m
		}
	}
	if s.Me.ID == "" {
		return refused
	}
	if err := s.noteMissed(ctx); err != nil {
		return err
	}
	if err := s.note(ctx, event{act: ActUnlock}); err != nil || s.may(write) != nil {
		return err
	}
	_, err = s.CarryOutRemovals(ctx)
	return err
}

// prepare brings the vault up to this program's tables and index.
func (s *Store) prepare(ctx context.Context) error {
	if err := migrate(ctx, s.db); err != nil {
		return err
	}
	if err := s.refile(ctx); err != nil {
		return err
	}
	if err := s.relock(ctx); err != nil {
		return err
	}
	return s.indexed(ctx)
}

func migrate(ctx context.Context, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true),
		goose.WithAllowOutofOrder(true)) // a vault may have 0003 and not yet 0002
	if err != nil {
		return fmt.Errorf("prepare the vault: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("prepare the vault: %w", err)
	}
	return nil
}

// Path returns where the vault is.
func (s *Store) Path() string { return s.vault.Path() }

// School returns the school of the vault.
func (s *Store) School(ctx context.Context) (School, error) {
	all, err := s.Schools.All(ctx)
	if err != nil || len(all) == 0 {
		return School{}, err
	}
	return all[0], nil
}

// Calendar returns the school's calendar.
func (s *Store) Calendar(ctx context.Context) (Calendar, error) {
	all, err := s.Calendars.All(ctx)
	if err != nil || len(all) == 0 {
		return Calendar{}, err
	}
	return all[0], nil
}

// Verify authenticates every block of the vault's file and then walks the audit
// trail with every version. It returns the number of audit entries; the error
// is vault.ErrDamaged or ErrBroken and names the first break. progress may be
// nil.
func (s *Store) Verify(ctx context.Context, progress func(done, total int64)) (int64, error) {
	if err := s.may(keepSafe); err != nil {
		return 0, err
	}
	if err := s.vault.Verify(ctx, progress); err != nil {
		return 0, err
	}
	return s.VerifyChain(ctx)
}

// Close locks the vault: keys are cleared and the file is free for others.
func (s *Store) Close() error { return s.vault.Close() }
