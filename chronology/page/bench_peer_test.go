package page

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// peerPages sets the text of twoHundredPages with ReportLab, in one of the fonts
// every reader has and without tags or encryption, and prints how many seconds
// that took and how many pages came of it.
const peerPages = `
import io, sys, time
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import SimpleDocTemplate, Paragraph, LongTable, PageBreak
sentence = sys.argv[1]
start = time.perf_counter()
styles = getSampleStyleSheet()
normal, heading = styles["Normal"], styles["Heading3"]
story = []
for i in range(850):
    story += [Paragraph("Entry %d" % i, heading), Paragraph(sentence * 7, normal)]
story.append(PageBreak())
rows = [["No.", "When", "What", "Voice"]]
for i in range(480):
    rows.append([str(i), "3 Mar 2026, 08:40", Paragraph(sentence * 3, normal), Paragraph(sentence, normal)])
story.append(LongTable(rows, colWidths=[30, 90, 250, 125], repeatRows=1))
doc = SimpleDocTemplate(io.BytesIO(), pagesize=A4)
doc.build(story)
print(time.perf_counter() - start, doc.page)
`

// BenchmarkPeerPages writes 200 pages, tagged and encrypted, and has ReportLab
// write the same text plainly. The budget is half of its time a page.
func BenchmarkPeerPages(b *testing.B) {
	python := pythonWith("reportlab")
	if python == "" {
		fmt.Println("python3-reportlab is not installed: no figures against it") // which Skip would say under -v alone
		b.SkipNow()
	}
	var ours, theirs, perPage, theirPages float64
	for b.Loop() {
		start := time.Now()
		pages := float64(writeTwoHundred(b, "S3cret-é"))
		if took := time.Since(start).Seconds(); ours == 0 || took < ours {
			ours, perPage = took, took/pages
		}
		out, err := exec.Command(python, "-c", peerPages, sentenceOfPages).Output()
		if err != nil {
			b.Fatal(err)
		}
		var took, n float64
		if _, err := fmt.Sscan(strings.TrimSpace(string(out)), &took, &n); err != nil {
			b.Fatal(err)
		}
		if theirs == 0 || took < theirs {
			theirs, theirPages = took, n
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours*1e3, "ours-ms")
	b.ReportMetric(theirs*1e3, "reportlab-ms")
	b.ReportMetric(theirPages, "reportlab-pages")
	b.ReportMetric(ours/theirs, "ours/reportlab")
	b.ReportMetric(perPage/(theirs/theirPages), "ours/reportlab-a-page")
}

// pythonWith returns a Python that has the module, the system's if need be, or
// nothing.
func pythonWith(module string) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	return ""
}
