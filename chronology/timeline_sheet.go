package chronology

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

// timelineName is the sheet with the picture of the line.
const timelineName = "Timeline"

// Measures of the sheet. A row of the picture is a lane, so that the names of
// lanes, which are cells, stand beside them.
const (
	pictureRow = 4 // the first row of the picture: those of the legend
	legendRows = 3
	curveRows  = 4 // the last is for the dates
	chartCols  = 12
	chartWide  = 10 // of a column, in characters
	plotLeft   = 0.04
	plotWide   = 0.94
)

// timeline writes the sheet with the picture: two charts, the lanes and the
// curve beneath them, over the same days. What they draw stands on the sheet
// below them and is not printed. A line without a dated entry has no sheet.
func (b *book) timeline(line Line) error {
	pic := Scene{
		Line: line, Whole: Bare(b.f), Bands: b.f.Bands, Calendar: b.f.Calendar, Read: b.f.Read.Date(), End: "Read on this day",
	}.Picture()
	if _, ok := serial(pic.From); !ok || len(pic.Marks) == 0 {
		return nil
	}
	if _, err := b.x.NewSheet(timelineName); err != nil {
		return err
	}
	if err := b.paper(timelineName, "landscape"); err != nil {
		return err
	}
	s := newPlotSheet(b, pic)
	steps := []func() error{s.names, s.data, s.lanesChart, s.curveChart, s.arrange, s.printArea}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	// excelize adds the types of pictures in any order.
	types := b.x.ContentTypes.Defaults
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	return nil
}

// plotSheet is the sheet in the making.
type plotSheet struct {
	b      *book
	pic    *Picture
	rows   []string       // names of the rows of the picture, from the top
	row    map[string]int // place of a status among them
	placed *Placed        // in lanes of height 1 beneath the statuses
	blocks []block
	top    int     // the first row of the data
	tall   float64 // of a row of the picture, in points
}

func newPlotSheet(b *book, pic *Picture) *plotSheet {
	s := &plotSheet{b: b, pic: pic, row: map[string]int{}}
	for _, band := range pic.Bands {
		if _, there := s.row[band.Name]; !there {
			s.row[band.Name] = len(s.rows)
			s.rows = append(s.rows, band.Name)
		}
	}
	s.placed = pic.Place(Frame{
		Width: float64(pic.From.DaysUntil(pic.To)), Strip: float64(len(s.rows)), LaneLeast: 1, LaneMost: 1, Dot: 0.17,
		Measure: func(string) float64 { return 0 },
	})
	for _, l := range pic.Lanes {
		s.rows = append(s.rows, l.Name)
	}
	if len(pic.Shut) > 0 {
		s.row[shutRow] = len(s.rows)
		s.rows = append(s.rows, shutRow)
	}
	s.tall = 24
	if legendRows+len(s.rows)+curveRows > 18 {
		s.tall = 18 // so that it stays on one page
	}
	s.blocks = s.series()
	s.top = pictureRow + legendRows + len(s.rows) + curveRows + 3
	return s
}

const shutRow = "School shut"

// height returns where the middle of a row lies on the axis of the chart, which
// counts from the bottom.
func (s *plotSheet) height(row int) float64 { return float64(len(s.rows)-row) - 0.5 }

// names writes the title and the names of lanes beside the picture.
func (s *plotSheet) names() error {
	x, b := s.b.x, s.b
	title := "Timeline: " + b.hide(b.f.Pupil.Name())
	if s.pic.Undated > 0 {
		title += fmt.Sprintf(" (%d without a date are not in the picture)", s.pic.Undated)
	}
	what, shut, _ := strings.Cut(RateHow, ". ")
	cells := map[string]string{"A1": title, "A2": "The curve: " + what + ".", "A3": shut}
	first := pictureRow + legendRows
	for i, name := range s.rows {
		cells[fmt.Sprintf("A%d", first+i)] = b.hide(records.Clean(name))
	}
	cells[fmt.Sprintf("A%d", first+len(s.rows)+1)] = RateName
	for _, ref := range sortedKeys(cells) {
		if err := x.SetCellStr(timelineName, ref, cells[ref]); err != nil {
			return err
		}
		style := b.styles[laneStyle]
		if ref == "A1" {
			style = b.styles[titleStyle]
		}
		if err := x.SetCellStyle(timelineName, ref, ref, style); err != nil {
			return err
		}
	}
	if err := x.SetColWidth(timelineName, "A", "A", 31); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(1 + chartCols)
	if err != nil {
		return err
	}
	if err := x.SetColWidth(timelineName, "B", last, chartWide); err != nil {
		return err
	}
	for r := pictureRow; r < s.top-2; r++ {
		if err := x.SetRowHeight(timelineName, r, s.tall); err != nil {
			return err
		}
	}
	return x.SetRowHeight(timelineName, 1, 30)
}

// data writes what the charts draw, a block for each series.
func (s *plotSheet) data() error {
	x, b := s.b.x, s.b
	heads := []any{"What the pictures draw", "Date", "Height", "Lane"}
	if err := x.SetSheetRow(timelineName, fmt.Sprintf("A%d", s.top-1), &heads); err != nil {
		return err
	}
	if err := x.SetCellStyle(timelineName, fmt.Sprintf("A%d", s.top-1), fmt.Sprintf("D%d", s.top-1), b.styles[labelStyle]); err != nil {
		return err
	}
	at := s.top
	for i := range s.blocks {
		bl := &s.blocks[i]
		bl.first = at
		for _, p := range bl.points {
			if p.day != "" {
				day, _ := serial(p.day)
				cells := []any{bl.name, day, p.y, b.hide(records.Clean(p.lane))}
				if err := x.SetSheetRow(timelineName, fmt.Sprintf("A%d", at), &cells); err != nil {
					return err
				}
			}
			at++
		}
		bl.last = at - 1
	}
	return x.SetCellStyle(timelineName, fmt.Sprintf("B%d", s.top), fmt.Sprintf("B%d", at), b.styles[frontDateStyle])
}

// rowPixels returns the height of a row as excelize reckons it when it looks for
// the cell in which a chart ends.
func rowPixels(points float64) uint { return uint(math.Ceil(4 / 3.4 * points)) }

// chartOf returns the chart of some blocks.
func (s *plotSheet) chartOf(rows int, most float64, blocks []block) *excelize.Chart {
	from, _ := serial(s.pic.From)
	to, _ := serial(s.pic.To)
	zero, left, right := 0.0, float64(from), float64(to)
	c := &excelize.Chart{
		Type:         excelize.Scatter,
		Dimension:    excelize.ChartDimension{Width: chartCols * (chartWide*7 + 5), Height: uint(rows) * rowPixels(s.tall)},
		Legend:       excelize.ChartLegend{Position: "none"},
		ShowBlanksAs: "gap",
		Border:       excelize.LineOptions{Type: excelize.LineNone},
		XAxis: excelize.ChartAxis{
			Minimum: &left, Maximum: &right, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "d mmm yyyy"}, Font: excelize.Font{Size: 8, Color: "404040"},
		},
		YAxis: excelize.ChartAxis{Minimum: &zero, Maximum: &most, MajorUnit: 1, MajorGridLines: true, Font: excelize.Font{Size: 8, Color: "404040"}},
	}
	for _, bl := range blocks {
		ref := func(col string, first, last int) string {
			return fmt.Sprintf("%s!$%s$%d:$%s$%d", timelineName, col, first, col, last)
		}
		c.Series = append(c.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$A$%d", timelineName, bl.first),
			Categories: ref("B", bl.first, bl.last), Values: ref("C", bl.first, bl.last),
			Line: bl.line, Marker: bl.marker, Fill: bl.fill,
		})
	}
	return c
}

func (s *plotSheet) lanesChart() error {
	var blocks []block
	for _, bl := range s.blocks {
		if !bl.curve {
			blocks = append(blocks, bl)
		}
	}
	c := s.chartOf(legendRows+len(s.rows), float64(len(s.rows)), blocks)
	c.Legend = excelize.ChartLegend{Position: "top", Font: &excelize.Font{Size: 8, Color: "404040"}}
	c.XAxis.TickLabelPosition, c.YAxis.TickLabelPosition = excelize.ChartTickLabelNone, excelize.ChartTickLabelNone
	c.Format = excelize.GraphicOptions{AltText: s.b.hide(records.Clean(s.pic.String())), Name: "Timeline"}
	return s.b.x.AddChart(timelineName, fmt.Sprintf("B%d", pictureRow), c)
}

func (s *plotSheet) curveChart() error {
	var blocks []block
	for _, bl := range s.blocks {
		if bl.curve {
			blocks = append(blocks, bl)
		}
	}
	most := s.pic.Rate.Most()
	c := s.chartOf(curveRows, float64(most), blocks)
	c.YAxis.MajorUnit = float64(most)
	c.Format = excelize.GraphicOptions{AltText: s.pic.Rate.String(), Name: RateName}
	return s.b.x.AddChart(timelineName, fmt.Sprintf("B%d", pictureRow+legendRows+len(s.rows)), c)
}

// arrange sets the charts' days above each other, and their lanes beside the
// cells that name them. excelize leaves the layout to the reader, and readers
// differ.
func (s *plotSheet) arrange() error {
	n := float64(len(s.rows))
	for file, area := range map[string][2]float64{
		"xl/charts/chart1.xml": {legendRows / (n + legendRows), n / (n + legendRows)},
		"xl/charts/chart2.xml": {0.06, (curveRows - 1.1) / curveRows},
	} {
		v, ok := s.b.x.Pkg.Load(file)
		chart, isText := v.([]byte)
		if !ok || !isText {
			return fmt.Errorf("the workbook has no %s", file)
		}
		layout := fmt.Sprintf(`<plotArea><layout><manualLayout><layoutTarget val="inner"></layoutTarget><xMode val="edge"></xMode><yMode val="edge"></yMode>`+
			`<x val="%g"></x><y val="%.4f"></y><w val="%g"></w><h val="%.4f"></h></manualLayout></layout>`, plotLeft, area[0], plotWide, area[1])
		with := bytes.Replace(chart, []byte("<plotArea>"), []byte(layout), 1)
		if bytes.Equal(with, chart) {
			return fmt.Errorf("%s has no plot area", file)
		}
		s.b.x.Pkg.Store(file, with)
	}
	return nil
}

// printArea leaves the data out of print.
func (s *plotSheet) printArea() error {
	last, err := excelize.CoordinatesToCellName(1+chartCols, s.top-3, true)
	if err != nil {
		return err
	}
	return s.b.x.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: timelineName + "!$A$1:" + last, Scope: timelineName,
	})
}
