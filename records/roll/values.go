package roll

import (
	"math"
	"strconv"
	"strings"
	"time"

	"throughline/records"
)

// readDate reads a date of a spreadsheet or a transfer file: as it is written in
// England, day before month; ISO, with or without hyphens; either with a clock
// behind it; or as Excel counts days. short says that the year has two digits.
// Returns the errors of records.ParseDate; empty text is the empty date.
func readDate(text string, now time.Time, from1904 bool) (d records.Date, short bool, err error) {
	if len(text) == 8 && strings.Trim(text, "0123456789") == "" {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		d, err := ofSerial(n, from1904)
		return d, false, err
	}
	if i := strings.IndexByte(text, 'T'); i == 10 { // 2015-06-01T00:00:00
		text = text[:i]
	}
	if i := strings.IndexByte(text, ':'); i > 0 {
		if space := strings.LastIndexByte(text[:i], ' '); space > 0 {
			text = text[:space]
		}
	}
	if now.IsZero() {
		now = time.Date(2049, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if d, err = records.ParseDate(text, now); err != nil || d == "" {
		return "", false, err
	}
	return d, !strings.Contains(text, string(d[:4])), nil
}

// readBirth reads a date of birth: a year of two digits is never after now.
func readBirth(text string, now time.Time, from1904 bool) (d records.Date, short bool, err error) {
	d, short, err = readDate(text, now, from1904)
	if short && !now.IsZero() && d > records.DateOf(now) {
		return readDate(text, now.AddDate(-20, 0, 0), from1904)
	}
	return d, short, err
}

// ofSerial returns the date of a day as Excel counts them: 1 is 1 January 1900,
// and 29 February 1900 is counted, though there was none; or 0 is 1 January
// 1904. Only days from 1927 on are dates of a pupil; other numbers are none.
func ofSerial(n float64, from1904 bool) (records.Date, error) {
	day := math.Floor(n)
	if from1904 {
		day += 1462
	}
	if math.IsNaN(n) || day < 10_000 || day > 80_000 {
		return "", records.ErrDateForm
	}
	return records.Date("1899-12-30").AddDays(int(day)), nil
}

// year returns a year group as the record keeps it: "R", "1" to "14", "N1",
// "N2"; other text as it stands.
func year(text string) string {
	s := strings.ToLower(text)
	for _, word := range []string{"national curriculum ", "nc ", "year group ", "year", "yr", "y"} {
		if rest, ok := strings.CutPrefix(s, word); ok && rest != "" && rest != "r" {
			s = strings.TrimSpace(rest)
		}
	}
	switch s {
	case "r", "yr", "year r", "year r.", "rec", "reception", "0", "00", "f2":
		return "R"
	case "n1", "nursery 1":
		return "N1"
	case "n2", "nursery 2":
		return "N2"
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && n == math.Trunc(n) && n > 0 && n < 15 { // a number cell may be 7.0
		return strconv.Itoa(int(n))
	}
	return text
}

func sex(text string) string {
	switch strings.ToLower(text) {
	case "m", "male", "boy":
		return "Male"
	case "f", "female", "girl":
		return "Female"
	case "u", "unknown", "not known":
		return ""
	}
	return text
}

// senStatus returns SEN provision in words (code set of the school census, DfE):
// records.NoNeed for none, "" for what is not said.
func senStatus(text string) string {
	switch strings.ToLower(text) {
	case "n", "no", "none", "no special educational need", "no special educational needs", "no sen", "false":
		return records.NoNeed
	case "k", "sen support", "k - sen support", "sen support (k)":
		return "SEN support"
	case "e", "ehcp", "ehc plan", "education, health and care plan", "education health and care plan", "e - education, health and care plan":
		return "Education, health and care plan"
	case "s", "statement":
		return "Statement"
	}
	return text
}

// ethnicities are the main codes of the school census (DfE, common basic data
// set).
var ethnicities = map[string]string{
	"WBRI": "White British", "WIRI": "White Irish", "WIRT": "Traveller of Irish heritage", "WROM": "Gypsy/Roma", "WOTH": "Any other White background",
	"MWBC": "White and Black Caribbean", "MWBA": "White and Black African", "MWAS": "White and Asian", "MOTH": "Any other mixed background",
	"AIND": "Indian", "APKN": "Pakistani", "ABAN": "Bangladeshi", "AOTH": "Any other Asian background", "CHNE": "Chinese",
	"BCRB": "Black Caribbean", "BAFR": "Black African", "BOTH": "Any other Black background", "OOTH": "Any other ethnic group",
	"REFU": "", "NOBT": "", // refused, not yet obtained: nothing is known
}

// ethnicity returns an ethnicity in words where the file has one of the main
// codes.
func ethnicity(text string) string {
	if words, ok := ethnicities[strings.ToUpper(text)]; ok {
		return words
	}
	return text
}

// languages are the commonest codes of the language code set (DfE).
var languages = map[string]string{
	"ENG": "English", "ENB": "Believed to be English", "OTB": "Believed to be other than English", "OTH": "Other than English",
	"POL": "Polish", "URD": "Urdu", "PNJ": "Panjabi", "BNG": "Bengali", "GUJ": "Gujarati", "SOM": "Somali", "ARA": "Arabic",
	"POR": "Portuguese", "SPA": "Spanish", "FRN": "French", "TUR": "Turkish", "TAM": "Tamil", "ITA": "Italian", "RUS": "Russian",
	"REF": "", "NOT": "", "ZZZ": "",
}

func language(text string) string {
	if words, ok := languages[strings.ToUpper(text)]; ok && len(text) == 3 {
		return words
	}
	return text
}
