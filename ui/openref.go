package ui

import (
	"context"

	"throughline/records"
)

// openRef opens the page that shows a record of a pupil, at that record:
// what belongs to a referral on the referral's page, a supervision session on
// its own, everything else on the pupil's.
func (w *Window) openRef(pupil records.ID, ref records.Ref) {
	store := w.store
	switch ref.Kind {
	case records.KindChildNote:
		w.openNote(pupil, ref.ID)
	case records.KindReferral, records.KindReply, records.KindChallenge, records.KindRung, records.KindPractice:
		load(w, func(ctx context.Context) (records.ID, error) { return referralOf(ctx, store, ref) },
			func(id records.ID) {
				p := newReferralPage(w, pupil, id)
				p.at = stepOf[ref.Kind]
				w.open(p)
			})
	case records.KindSupervision:
		w.open(newSessionPage(w, ref.ID))
	case records.KindReflection:
		load(w, func(ctx context.Context) (records.Reflection, error) { return store.Reflections.Get(ctx, ref.ID) },
			func(r records.Reflection) { w.open(newSessionPage(w, r.Session)) })
	case records.KindMeeting:
		load(w, func(ctx context.Context) (records.Meeting, error) { return store.Meetings.Get(ctx, ref.ID) },
			func(m records.Meeting) { w.openMeeting(pupil, &m) })
	default:
		p := newPupilPage(w, pupil)
		p.want = ref
		w.open(p)
	}
}

// stepOf is the step of a referral on which a record stands; the referral itself
// opens at the step that comes next.
var stepOf = map[records.Kind]step{
	records.KindReply: stepReply, records.KindChallenge: stepChallenge, records.KindRung: stepChallenge, records.KindPractice: stepChallenge,
}

// referralOf returns the referral that a reply, a challenge or a rung belongs
// to, or the referral itself. It is ErrNotFound when there is no such record.
func referralOf(ctx context.Context, s *records.Store, ref records.Ref) (records.ID, error) {
	switch ref.Kind {
	case records.KindReply:
		r, err := s.Replies.Get(ctx, ref.ID)
		return r.Referral, err
	case records.KindChallenge:
		c, err := s.Challenges.Get(ctx, ref.ID)
		return c.Referral, err
	case records.KindPractice:
		g, err := s.Practices.Get(ctx, ref.ID)
		return g.Referral, err
	case records.KindRung:
		r, err := s.Rungs.Get(ctx, ref.ID)
		if err != nil {
			return "", err
		}
		return referralOf(ctx, s, records.Ref{Kind: records.KindChallenge, ID: r.Challenge})
	}
	return ref.ID, nil
}

// openMeeting opens a meeting to be written: on the page of its referral, or on
// the pupil's where it follows from none.
func (w *Window) openMeeting(pupil records.ID, m *records.Meeting) {
	if m.Referral == "" {
		p := newPupilPage(w, pupil)
		p.want = records.Ref{Kind: records.KindMeeting, ID: m.ID}
		w.open(p)
		return
	}
	p := newReferralPage(w, pupil, m.Referral)
	p.at, p.meeting = stepMeetings, m.ID
	w.open(p)
}
