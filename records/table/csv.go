package table

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

var delimiters = []rune{',', ';', '\t', '|'}

// readCSV reads delimited text. The delimiter is the one with which the header
// scores best.
func readCSV(ctx context.Context, text string, score Score) (*Table, error) {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	head := text[:min(len(text), 1<<16)]
	comma, most := ',', 0
	for _, d := range delimiters {
		rows, _ := parseCSV(ctx, head, d, HeaderDepth)
		if _, s := findHeader(rows, score); s > most {
			comma, most = d, s
		}
	}
	rows, err := parseCSV(ctx, text, comma, HeaderDepth+MaxRows)
	if err != nil {
		return nil, err
	}
	t := &Table{Rows: rows}
	if t.Header, most = findHeader(rows, score); most == 0 {
		return nil, ErrNoHeader
	}
	return t, nil
}

// parseCSV returns at most `most` records, with an empty one for each empty
// line, and ErrTooLarge when there are more. Where quotes break the rules of
// CSV, as in a row that begins "No" she said, they are read as they stand.
func parseCSV(ctx context.Context, text string, comma rune, most int) ([][]string, error) {
	rows, err := strictCSV(ctx, text, comma, most)
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return looseCSV(ctx, text, comma, most)
	}
	return rows, err
}

func strictCSV(ctx context.Context, text string, comma rune, most int) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	var rows [][]string
	next := 1 // the line after the last record
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rec, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		for ; next < line; next++ {
			rows = append(rows, nil)
		}
		next++
		for _, f := range rec {
			next += strings.Count(f, "\n")
		}
		if rows = append(rows, rec); len(rows) > most {
			return nil, ErrTooLarge
		}
	}
}

// looseCSV reads text whose quotes are not doubled or not closed. The lazy mode
// of encoding/csv would run on from such a quote over the rows below; here a
// quote that does not end its field on the same line is an ordinary character.
func looseCSV(ctx context.Context, text string, comma rune, most int) ([][]string, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var rows [][]string
	for text != "" {
		if len(rows) == most {
			return nil, ErrTooLarge
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if text[0] == '\n' {
			rows, text = append(rows, nil), text[1:]
			continue
		}
		var rec []string
		for more := true; more; {
			var field string
			field, text = cutField(text, comma)
			rec = append(rec, field)
			r, size := utf8.DecodeRuneInString(text)
			more = text != "" && r == comma
			text = text[size:]
		}
		rows = append(rows, rec)
	}
	return rows, nil
}

// cutField returns the first field of text, and the rest from the delimiter or
// the line end that follows it.
func cutField(text string, comma rune) (field, rest string) {
	if strings.HasPrefix(text, "\"") {
		if end, ok := closing(text, comma); ok {
			return strings.ReplaceAll(text[1:end], "\"\"", "\""), text[end+1:]
		}
	}
	end := strings.IndexFunc(text, func(r rune) bool { return r == comma || r == '\n' })
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:]
}

// closing returns the place of the quote that closes the field at the start of
// text. A quote within the field that is not doubled leaves only the rest of
// its line for one that closes it.
func closing(text string, comma rune) (int, bool) {
	broken := false
	for i := 1; i < len(text); i++ {
		switch {
		case broken && text[i] == '\n':
			return 0, false
		case text[i] != '"':
		case !broken && strings.HasPrefix(text[i+1:], "\""):
			i++
		default:
			r, _ := utf8.DecodeRuneInString(text[i+1:])
			if i+1 == len(text) || r == comma || r == '\n' {
				return i, true
			}
			broken = true
		}
	}
	return 0, false
}
