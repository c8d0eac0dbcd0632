package pack

import (
	"slices"

	"throughline/records"
)

// Spec says what one box of the pack is for.
type Spec struct {
	Key    string
	Letter string // of the section in which forms group it: A to Q
	Title  string
	Why    string   // why it matters, in plain words
	Hint   string   // what to write
	Fields []string // lines that forms ask for by name; a statement "Name: value" fills one
}

// The keys of the boxes.
const (
	Header      = "header"
	Referrer    = "referrer"
	Child       = "child"
	Household   = "household"
	Consent     = "consent"
	Concern     = "concern"
	History     = "history"
	Impact      = "impact"
	Voice       = "voice"
	Parents     = "parents"
	Strengths   = "strengths"
	Tried       = "tried"
	School      = "school"
	Agencies    = "agencies"
	StaffRisk   = "staff_risk"
	Analysis    = "analysis"
	Expected    = "expected"
	Consequence = "consequence"
	Attached    = "attached"
)

// Fields that apply to some children only.
const (
	fieldThreshold = "Threshold criteria met"
	fieldLastTime  = "What went wrong before, what has changed, what was missed"
	fieldNotTold   = "Why the parents are not told"
	fieldConsent   = "Consent"
	fieldPhoned    = "Telephoned first"
	fieldAlso      = "Also known as"
	fieldWhenTold  = "Who was told, when and how"
	fieldSent      = "How it was sent, and to whom"
	fieldReference = "Reference number returned"
)

// Sections returns the boxes of a pack in the order in which they are written:
// the union of what local referral forms ask for.
func Sections() []Spec { return slices.Clone(specs) }

var specs = []Spec{
	{Header, "A", "What is asked for",
		"A referral asks for something. If the level and the response are not plain, it is logged as a contact and nothing follows.",
		"The level, the response, and the words of the local threshold document that this child meets.",
		[]string{"Response asked for", "Level", fieldThreshold, fieldPhoned, "New or open case"}},
	{Referrer, "B", "Who refers",
		"The social worker must be able to ring back somebody who knows the child.",
		"How you know the child, and for how long.",
		[]string{"How we know the child, and for how long"}},
	{Child, "C", "The child",
		"A wrong name, date of birth or address loses hours. Where the child is now decides who goes where.",
		"Check each line with the office. Say where the child is at this moment.",
		[]string{"Name", fieldAlso, "Date of birth", "Sex or gender", "Ethnicity", "Religion", "First language",
			"How the child communicates", "Needs, health and disability", "Year and class", "UPN", "NHS number",
			"Address", "Where the child is now", "Nationality and immigration status", "Legal status", "GP"}},
	{Household, "D", "Household and other people who matter",
		"New partners and hidden adults are what reviews find was missed.",
		"Everybody who lives there now, since when, and who has parental responsibility.", nil},
	{Consent, "E", "Parents told, and consent",
		"Parents are normally told. Where they are not, the reason must stand up later.",
		"Who was told, when, how and what they answered; or why not. What the child wants.",
		[]string{"Parents told", fieldWhenTold, fieldNotTold, fieldConsent, "What the child wants"}},
	{Concern, "F", "The concern: why now",
		"This is what the decision is made on: what was seen or said, by whom, when, and whether the child is safe tonight.",
		"Facts first, in order. What is alleged and about whom, and whether that person can reach the child.",
		[]string{"Who is alleged to have harmed, and their access to the child", "How the child is now, in body and mind",
			"Is protection needed at once?", "Police reference"}},
	{History, "G", "History",
		"Many small concerns, each explained away, look different laid side by side.",
		"Earlier concerns and referrals with their outcomes. If services were involved: what went wrong, what has changed, what was missed.",
		[]string{fieldLastTime}},
	{Impact, "H", "Impact on the child",
		"The school sees the child every day: nobody else can say what this does to learning, health and feeling.",
		"What is different in the child, in what can be seen or counted, and since when.", nil},
	{Voice, "I", "The child's voice",
		"A first disclosure in the child's own words may never be repeated. A summary is not their voice.",
		"Exact words, with the date, who heard them and what was asked.", nil},
	{Parents, "J", "What parents and carers say",
		"Their account, and how it changed, is part of the evidence, and fair.",
		"Their own words where you have them, with dates.", nil},
	{Strengths, "K", "Strengths and protective adults",
		"Relatives who could care for the child are looked for first. A fair account is believed.",
		"Who protects the child, and how you know.", nil},
	{Tried, "L", "What has been tried",
		"What was offered at a lower level, and why it was not enough, is what gives a referral its weight.",
		"What, by whom, from when to when, what it changed, why that is not enough.", nil},
	{School, "M", "School data",
		"Figures cannot be argued with, and no other agency has them.",
		"Figures with the dates they cover.",
		[]string{"Attendance", "Lateness", "Suspensions and exclusions", "Part-time timetable", "Progress", "Medical", "Missing episodes"}},
	{Agencies, "N", "Other agencies",
		"Each agency holds a part of the picture, and must not hear of this from the family.",
		"Who is involved, and whether they know of this referral.", nil},
	{StaffRisk, "O", "Risk to staff who visit",
		"Somebody will knock on that door, perhaps alone and tonight.",
		"Violence, weapons, dogs, threats, and who makes them. If nothing is known, choose so.", nil},
	{Analysis, "P", "Analysis",
		"Facts do not speak for themselves: say what they mean together, risk and strength weighed.",
		"Read the drafted patterns, keep what is right, and write what they add up to.",
		[]string{"Risk weighed against strength"}},
	{Expected, "P", "What we expect",
		"If nobody says what must change, nobody can say later whether it did.",
		"The support needed, and what must be different for the child, by when.", nil},
	{Consequence, "P", "If nobody intervenes",
		"This sentence decides more referrals than any other. Only you can write it.",
		"What will happen to this child, in plain words, and how soon.", nil},
	{Attached, "Q", "Attachments and declaration",
		"What was sent must be known to the day, and so must the number they gave it.",
		"What is attached. The reference number once it is returned.",
		[]string{"Attached", fieldSent, fieldReference}},
}

// spec returns the Spec with a key.
func spec(key string) Spec {
	i := slices.IndexFunc(specs, func(s Spec) bool { return s.Key == key })
	if i < 0 {
		return Spec{Key: key, Title: key}
	}
	return specs[i]
}

// applies reports whether a field has to be answered for this child and this
// referral.
func applies(field string, f *records.File, ref *records.Referral) bool {
	switch field {
	case fieldLastTime:
		return len(f.Bands) > 0 || len(earlier(f, ref)) > 0
	case fieldNotTold:
		return ref.ParentsTold == records.No
	case fieldWhenTold, fieldConsent:
		return ref.ParentsTold != records.No
	case fieldPhoned:
		return ref.Response == records.Immediate
	case fieldAlso:
		return f.Pupil.KnownAs != ""
	case fieldSent, fieldReference:
		return false // the referral itself says these: see sending
	}
	return true
}

// earlier returns the referrals that were sent before this one.
func earlier(f *records.File, ref *records.Referral) []records.Referral {
	var list []records.Referral
	for _, r := range f.Referrals {
		if r.ID != ref.ID && r.SentAt != "" && (ref.SentAt == "" || r.SentAt < ref.SentAt) {
			list = append(list, r)
		}
	}
	return list
}
