package records

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// noise returns n bytes that look like nothing, always the same ones.
func noise(n int64) io.Reader {
	var seed [32]byte
	return io.LimitReader(rand.NewChaCha8(seed), n)
}

// mustAdd keeps a document with the bytes of r.
func mustAdd(t testing.TB, s *Store, name string, r io.Reader) *Document {
	t.Helper()
	p := testPupil()
	mustSave(t, s, p)
	d := &Document{Pupil: p.ID, Title: "Letter from the GP", Name: name, Looked: true}
	if err := s.AddDocument(context.Background(), d, r, nil); err != nil {
		t.Fatal(err)
	}
	return d
}

func readAll(t testing.TB, s *Store, id ID) ([]byte, error) {
	t.Helper()
	r, err := s.OpenDocument(context.Background(), id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func TestDocumentComesBackAsItWas(t *testing.T) {
	s := mustCreate(t)
	for _, n := range []int64{1, documentChunk - 1, documentChunk, documentChunk + 1, 3*documentChunk + 7} {
		want, _ := io.ReadAll(noise(n))
		d := mustAdd(t, s, "letter.bin", bytes.NewReader(want))
		sum := sha256.Sum256(want)
		if d.Size != n || d.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%d bytes: record says %d and %s", n, d.Size, d.SHA256)
		}
		got, err := readAll(t, s, d.ID)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: came back different: %v", n, err)
		}
		if a := lastAct(t, s); a.Act != ActView || a.Record != d.ID {
			t.Errorf("%d bytes: the last entry of the trail is %s of %s, want the view", n, a.Act, a.Record)
		}
	}
	if _, err := s.Verify(context.Background(), nil); err != nil {
		t.Error(err)
	}
}

func lastAct(t testing.TB, s *Store) AuditEntry {
	t.Helper()
	a, err := lastEntry(context.Background(), s.db)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestLargeDocument keeps the largest file there may be: in little memory, and
// without holding up another save for long.
func TestLargeDocument(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var peak uint64
	saved := make(chan time.Duration, 1)
	d := &Document{Pupil: p.ID, Title: "A long recording", Name: "meeting.bin"}
	err := s.AddDocument(context.Background(), d, noise(DocumentLimit), func(done int64) {
		runtime.ReadMemStats(&now)
		peak = max(peak, now.HeapAlloc)
		if done == documentChunk {
			go func() {
				begin := time.Now()
				mustSave(t, s, testConcern(p.ID))
				saved <- time.Since(begin)
			}()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	wait := <-saved
	t.Logf("another save waited %v; the heap grew by %d KiB", wait, (int64(peak)-int64(before.HeapAlloc))>>10)
	if grew := int64(peak) - int64(before.HeapAlloc); grew > 8<<20 {
		t.Errorf("the heap grew by %d bytes, want 8 MB at most", grew)
	}
	if wait > 5*time.Second {
		t.Errorf("another save waited %v", wait)
	}
	r, err := s.OpenDocument(context.Background(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, r); n != DocumentLimit || err != nil {
		t.Errorf("read back %d bytes: %v", n, err)
	}
}

func TestDocumentCancelledLeavesNothing(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	_, seq, err := s.AuditHead(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	d := &Document{Pupil: p.ID, Title: "Minutes", Name: "minutes.bin"}
	err = s.AddDocument(ctx, d, noise(20<<20), func(done int64) {
		if done >= 10<<20 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("AddDocument = %v, want context.Canceled", err)
	}
	leftNothing(t, s, d, seq)
}

func leftNothing(t *testing.T, s *Store, d *Document, seq int64) {
	t.Helper()
	var chunks, files, kept int
	err := s.db.QueryRow(`SELECT (SELECT count(*) FROM document_chunk), (SELECT count(*) FROM document_file),
		(SELECT count(*) FROM record WHERE kind = 'document')`).Scan(&chunks, &files, &kept)
	if err != nil || chunks+files+kept != 0 || d.ID != "" {
		t.Errorf("left behind: %d chunks, %d files, %d records, id %q, %v", chunks, files, kept, d.ID, err)
	}
	if _, now, err := s.AuditHead(context.Background()); now != seq || err != nil {
		t.Errorf("the trail has %d entries, want %d: %v", now, seq, err)
	}
}

func TestDocumentsNotKept(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	_, seq, _ := s.AuditHead(context.Background())
	for _, c := range []struct {
		name, file string
		r          io.Reader
		field      string
		sentence   string
	}{
		{"empty", "a.txt", strings.NewReader(""), "name", isEmpty},
		{"empty, read once", "a.txt", io.MultiReader(strings.NewReader("")), "name", isEmpty},
		{"too large", "a.bin", noise(DocumentLimit + 1), "name", tooLarge},
		{"a program", "a.pdf", strings.NewReader("MZ\x90\x00\x03\x00"), "name", isProgram},
		{"a picture nobody looked at", "a.png", strings.NewReader("\x89PNG\r\n\x1a\n"), "looked", ""},
	} {
		d := &Document{Pupil: p.ID, Title: "Something", Name: c.file}
		err := s.AddDocument(context.Background(), d, c.r, nil)
		var v *Invalid
		if !errors.As(err, &v) || v.For(c.field) == "" || c.sentence != "" && v.For(c.field) != c.sentence {
			t.Errorf("%s: %v, want a sentence for %s", c.name, err, c.field)
		}
		leftNothing(t, s, d, seq)
	}
	if err := s.Documents.Save(context.Background(), &Document{Pupil: p.ID, Title: "x", Name: "x", Size: 1, SHA256: strings.Repeat("0", 64)}, ""); !errors.Is(err, ErrInvalid) {
		t.Errorf("a document without bytes: %v, want ErrInvalid", err)
	}
}

// TestDocumentStopsAtTheLimit: a file without an end is not read to it.
func TestDocumentStopsAtTheLimit(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	endless := &counted{r: noise(1 << 40)}
	d := &Document{Pupil: p.ID, Title: "A recording", Name: "a.bin"}
	if err := s.AddDocument(context.Background(), d, endless, nil); !errors.Is(err, ErrInvalid) {
		t.Errorf("AddDocument = %v, want ErrInvalid", err)
	}
	if endless.n > DocumentLimit+documentChunk {
		t.Errorf("%d bytes were read", endless.n)
	}
}

// counted counts what is read, and gives up after a while.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	if c.n > 2*DocumentLimit {
		return 0, io.EOF
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// TestDocumentReadErrorHasNoPath: files are named after children.
func TestDocumentReadErrorHasNoPath(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	broken := &fs.PathError{Op: "read", Path: "/home/x/Zoë Nguyễn.pdf", Err: fs.ErrPermission}
	d := &Document{Pupil: p.ID, Title: "Letter", Name: "a.pdf"}
	err := s.AddDocument(context.Background(), d, io.MultiReader(strings.NewReader("%PDF-"), failing{broken}), nil)
	if !errors.Is(err, fs.ErrPermission) || strings.Contains(err.Error(), "Zoë") {
		t.Errorf("AddDocument = %v, want permission denied without the name", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestDocumentKeepsItsBytes(t *testing.T) {
	s := mustCreate(t)
	d := mustAdd(t, s, "letter.txt", strings.NewReader("Dear colleague"))
	d.Title = "Letter from the hospital"
	if err := s.Documents.Save(context.Background(), d, "wrong title"); err != nil {
		t.Fatal(err)
	}
	if got, err := readAll(t, s, d.ID); string(got) != "Dear colleague" || err != nil {
		t.Errorf("after a correction: %q, %v", got, err)
	}
	d.SHA256 = strings.Repeat("0", 64)
	if err := s.Documents.Save(context.Background(), d, "other bytes"); !errors.Is(err, ErrInvalid) {
		t.Errorf("another hash: %v, want ErrInvalid", err)
	}
	if _, err := s.db.Exec(`UPDATE document_chunk SET bytes = x'00'`); err == nil {
		t.Error("a chunk was changed")
	}
}

func TestVerifyFindsChangedDocument(t *testing.T) {
	for _, c := range []struct{ name, change string }{
		{"one byte", `UPDATE document_chunk SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Dear', 'dear') AS BLOB)`},
		{"no bytes", `DELETE FROM document_chunk`},
		{"more bytes", `INSERT INTO document_chunk SELECT file, 1, x'00' FROM document_chunk`},
		{"no file", `DELETE FROM document_file`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustCreate(t)
			mustAdd(t, s, "first.txt", strings.NewReader("Minutes"))
			if _, err := s.db.Exec(`DROP TRIGGER document_chunk_is_kept`); err != nil {
				t.Fatal(err)
			}
			d := mustAdd(t, s, "letter.txt", strings.NewReader("Dear colleague"))
			change := c.change + ` WHERE file = (SELECT file FROM document_file WHERE document = $1)`
			if strings.Contains(change, "FROM document_file WHERE file") {
				change = c.change + ` WHERE document = $1`
			}
			if _, err := s.db.Exec(change, d.ID); err != nil {
				t.Fatal(err)
			}
			_, err := s.VerifyChain(context.Background())
			if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), string(d.ID)) {
				t.Errorf("VerifyChain = %v, want ErrBroken with the document's id", err)
			}
			if got, err := readAll(t, s, d.ID); !errors.Is(err, ErrBroken) {
				t.Errorf("OpenDocument reads %q, %v, want ErrBroken", got, err)
			}
			to := filepath.Join(t.TempDir(), "out.txt")
			if err := s.SaveDocument(context.Background(), d.ID, to); !errors.Is(err, ErrBroken) {
				t.Errorf("SaveDocument = %v, want ErrBroken", err)
			}
			if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
				t.Error("SaveDocument left a file behind")
			}
		})
	}
}

func TestSaveDocument(t *testing.T) {
	s := mustCreate(t)
	d := mustAdd(t, s, "letter.txt", strings.NewReader("Dear colleague"))
	to := filepath.Join(t.TempDir(), "out.txt")
	if err := s.SaveDocument(context.Background(), d.ID, to); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(to); string(got) != "Dear colleague" || err != nil {
		t.Errorf("saved %q, %v", got, err)
	}
	if info, err := os.Stat(to); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if a := lastAct(t, s); a.Act != ActExport || !strings.Contains(a.Content, string(d.ID)) || !strings.Contains(a.Content, d.SHA256) {
		t.Errorf("the trail says %s %q", a.Act, a.Content)
	}
}

// TestDocumentIsNeverInTheClear looks for the bytes of a document in every file
// there is while the vault is open.
func TestDocumentIsNeverInTheClear(t *testing.T) {
	temp := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temp)
	}
	s := mustCreate(t)
	secret := []byte("the child's aunt writes from Harrow Lane")
	letter := bytes.Repeat(append(secret, '\n'), 20000)
	d := mustAdd(t, s, "aunt-letter.txt", bytes.NewReader(letter))
	if _, err := readAll(t, s, d.ID); err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, folder := range []string{temp, filepath.Dir(s.Path())} {
		err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			held, err := os.ReadFile(path)
			written += len(held)
			if bytes.Contains(held, secret) || bytes.Contains(held, []byte("aunt-letter")) {
				t.Errorf("%s holds the document in the clear", filepath.Base(path))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if written < len(letter) {
		t.Errorf("only %d bytes were written for a document of %d: where is it?", written, len(letter))
	}
}

func TestEraseDocument(t *testing.T) {
	s := mustCreate(t)
	other := mustAdd(t, s, "other.txt", strings.NewReader("Minutes"))
	d := mustAdd(t, s, "letter.txt", strings.NewReader("Dear colleague"))
	if err := s.Update(context.Background(), func(tx *Tx) error { return tx.eraseDocument(d.ID) }); err != nil {
		t.Fatal(err)
	}
	var chunks int
	if err := s.db.QueryRow(`SELECT count(*) FROM document_chunk`).Scan(&chunks); chunks != 1 || err != nil {
		t.Errorf("%d chunks left, want the other document's one: %v", chunks, err)
	}
	if got, err := readAll(t, s, other.ID); string(got) != "Minutes" || err != nil {
		t.Errorf("the other document: %q, %v", got, err)
	}
	if _, err := s.VerifyChain(context.Background()); !errors.Is(err, ErrBroken) {
		t.Errorf("bytes gone and the record there: %v, want ErrBroken", err)
	}
}

// TestBackupHoldsDocuments backs up 40 MB of documents, or as much as
// THROUGHLINE_SOAK asks for: the copy is verified with their bytes.
func TestBackupHoldsDocuments(t *testing.T) {
	s := mustCreate(t)
	n := 1
	if os.Getenv("THROUGHLINE_SOAK") != "" {
		n = 5
	}
	for range n {
		mustAdd(t, s, "recording.bin", noise(DocumentLimit))
	}
	begin := time.Now()
	b, err := s.Backup(context.Background(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d MB in %v", n*DocumentLimit>>20, time.Since(begin))
	p, err := Compare(context.Background(), b.Path, filepath.Join(t.TempDir(), "school.throughline"), Key{Passphrase: []byte(testPassphrase)}, nil)
	if err != nil || p.Entries != b.Entries {
		t.Errorf("Compare: %d entries, want %d: %v", p.Entries, b.Entries, err)
	}
}
