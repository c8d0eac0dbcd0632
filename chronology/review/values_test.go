package review

import (
	"slices"
	"testing"

	"throughline/records"
)

func TestCategories(t *testing.T) {
	for _, c := range []struct {
		cell string
		want []records.Category
	}{
		{"", nil},
		{"neglect", []records.Category{records.Neglect}},
		{"domestic_abuse", []records.Category{records.DomesticAbuse}},
		{"Exploitation, criminal or sexual", []records.Category{records.Exploitation}},
		{"So-called honour-based harm, FGM, forced marriage", []records.Category{records.HonourBased}},
		{"Hygiene", []records.Category{records.Neglect}},
		{"DV", []records.Category{records.DomesticAbuse}},
		{"Sexual abuse", []records.Category{records.Sexual}},
		{"Child sexual exploitation (CSE)", []records.Category{records.Exploitation}},
		{"Mental health / wellbeing", []records.Category{records.MentalHealth}},
		{"Attendance; Neglect & bruising", []records.Category{records.Attendance, records.Neglect, records.Physical}},
		{"Self-harm", []records.Category{records.SelfHarm}},
		{"Emotional wellbeing", []records.Category{records.Emotional}},
		{"Miscellaneous", []records.Category{records.OtherConcern}},
		{"Phone call", []records.Category{records.OtherConcern}},
	} {
		if got := categoriesOf(c.cell); !slices.Equal(got, c.want) {
			t.Errorf("categoriesOf(%q) = %v, want %v", c.cell, got, c.want)
		}
	}
}

func TestSeverity(t *testing.T) {
	for cell, want := range map[string]records.Severity{
		"": 0, "3": 3, "Level 4": 4, "2/5": 2, "6": 0, "10": 0, "low": 2, "Medium": 3, "HIGH": 4, "Very high": 4, "urgent": 5,
		"Small worry": 1, "Worrying": 2, "Serious": 3, "Very serious": 4, "Child in danger now": 5, "amber": 3, "unclear": 0,
		"not urgent": 0, "Low - not significant": 2, "No immediate danger": 0, "No concern": 1, "Medium (no injury)": 3,
	} {
		if got := severityOf(cell); got != want {
			t.Errorf("severityOf(%q) = %d, want %d", cell, got, want)
		}
	}
}

func TestSource(t *testing.T) {
	for cell, want := range map[string]records.Source{
		"": "", "seen": records.Seen, "Told by the child": records.ToldByChild, "child": records.ToldByChild, "Police (Operation Encompass)": records.FromAgency,
		"Mother": records.ToldByOther, "rumour": records.Unattributed, "observed": records.Seen, "other_records": records.FromRecords, "Mrs Pike": "Mrs Pike",
		"Child's mother": records.ToldByOther, "the pupil’s friend": records.ToldByOther,
	} {
		if got := sourceOf(cell); got != string(want) {
			t.Errorf("sourceOf(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestRowList(t *testing.T) {
	for _, c := range []struct {
		rows []int
		want string
	}{
		{[]int{3}, "Row 3"}, {[]int{3, 4}, "Rows 3 and 4"}, {[]int{1, 2, 3}, "Rows 1 to 3"},
		{[]int{2, 1, 3, 4, 5, 9}, "Rows 2, 1, 3 to 5 and 9"}, {[]int{1, 2, 4, 5, 6}, "Rows 1, 2 and 4 to 6"},
	} {
		if got := rowList(c.rows); got != c.want {
			t.Errorf("rowList(%v) = %q, want %q", c.rows, got, c.want)
		}
	}
}
