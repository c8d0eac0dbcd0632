// Package records keeps what a school knows: its types, the rules they must
// meet, and the Store that keeps every version of them in an encrypted vault
// with an audit trail.
//
// Open a school with [Create] or [Open]; then every kind of record has a
// [Ledger] in the [Store], which saves, gets and lists it. [Store.File] reads
// everything that is kept about one pupil.
//
// Three rules hold everywhere. Nothing is overwritten: saving a record again
// makes a new version that says who, when and why. Every write, view and
// export is in the audit trail, chained by SHA-256. And nothing that was typed
// about a pupil may appear in an error, a log line or a file name.
//
// Instants are UTC (see [Stamp]), dates have no zone (see [Date]); people are
// shown London time.
package records

// ID names a record. It is a UUIDv7 as text, made here, so ids sort by when
// they were made.
type ID string

// Kind is a kind of record, as stored and as shown in the audit trail.
type Kind string

// The kinds of record.
const (
	KindSchool     Kind = "school"
	KindMember     Kind = "member"
	KindCalendar   Kind = "calendar"
	KindPupil      Kind = "pupil"
	KindStatus     Kind = "status"
	KindPerson     Kind = "person"
	KindTie        Kind = "tie"
	KindConcern    Kind = "concern"
	KindAction     Kind = "action"
	KindMonitoring Kind = "monitoring"
	KindSupport    Kind = "support"
	KindReferral   Kind = "referral"
	KindReply      Kind = "reply"
	KindChallenge  Kind = "challenge"
	KindRung       Kind = "rung"
	KindDisclosure Kind = "disclosure"
	KindDismissal  Kind = "dismissal"

	KindRemoval     Kind = "removal"
	KindMovedOut    Kind = "moved out"
	KindDocument    Kind = "document"
	KindHold        Kind = "hold"
	KindMeeting     Kind = "meeting"
	KindImpact      Kind = "impact"
	KindPractice    Kind = "good practice"
	KindSupervision Kind = "supervision"
	KindChildNote   Kind = "supervision note"
	KindReflection  Kind = "reflection"
)

// Meta is what is kept of every version of every record. Ledgers fill it in;
// it is not part of the body that is hashed.
type Meta struct {
	ID         ID     `json:"-"`
	Version    int    `json:"-"` // 1 for the first
	CreatedAt  Stamp  `json:"-"` // when version 1 was saved
	RecordedAt Stamp  `json:"-"` // when this version was saved
	RecordedBy ID     `json:"-"` // the member who saved it
	Why        string `json:"-"` // why it was changed; empty for version 1
}

func (m *Meta) meta() *Meta { return m }

// Record is any kind of record, by pointer.
type Record interface {
	// Kind returns the kind.
	Kind() Kind
	// Check returns nil or an *Invalid with a sentence for every broken rule.
	// now is the present, against which the future is judged.
	Check(now Stamp) error

	meta() *Meta
	// index returns what the store files the record under.
	index() index
}

// index is what the store can find a record by without reading its body. It
// follows from the body alone, and Verify holds the store to that: a rule that
// changes needs another filingEdition.
type index struct {
	pupil ID     // whose file it belongs to; empty for a school-wide record
	owner ID     // the record it hangs on: a rung's challenge, a reply's referral
	sort  string // order within its kind
	open  bool   // still needs something done
}
