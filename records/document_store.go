package records

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"

	"github.com/google/uuid"
)

// documentChunk is how many bytes of a document are read, and kept in a row, at
// a time.
const documentChunk = 256 << 10

// AddDocument keeps a file and the record of it, both or neither. It reads r to
// its end, a chunk at a time, and fills in the record's Type, Size and SHA256.
// progress, which may be nil, is told how many bytes are kept.
//
// Where r can be read twice, as a file can, it is looked through first: what is
// refused is refused before anything is written, and a slow stick does not hold
// up others who save.
//
// Returns an *Invalid when a rule is broken, under "name" when the file is
// empty, too large or of a kind that is not kept; what r returned, without a
// path; or ErrNotAllowed.
func (s *Store) AddDocument(ctx context.Context, d *Document, r io.Reader, progress func(done int64)) error {
	if err := s.may(write); err != nil {
		return err
	}
	if d.ID != "" {
		return &Invalid{[]Problem{{"name", "The file of a document is never changed. Add the better copy as another document."}}}
	}
	if progress == nil {
		progress = func(int64) {}
	}
	added := *d
	if again, ok := r.(io.ReadSeeker); ok {
		if err := s.lookThrough(ctx, &added, again); err != nil {
			return err
		}
	}
	if err := s.Update(ctx, func(tx *Tx) error { return tx.addDocument(&added, r, progress) }); err != nil {
		return err
	}
	*d = added
	// Without its small picture a document is whole: Thumbnail tries again.
	_, _ = s.makeThumbnail(ctx, d)
	return nil
}

// lookThrough reads a file, applies the rules and goes back to where it began.
func (s *Store) lookThrough(ctx context.Context, d *Document, r io.ReadSeeker) error {
	start, err := r.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil // a pipe, say: it is read once
	}
	in := newIntake()
	if err := in.take(ctx, r, func(int, []byte) error { return nil }); err != nil {
		return err
	}
	if err := in.fill(d, StampOf(s.Now())); err != nil {
		return err
	}
	_, err = r.Seek(start, io.SeekStart)
	return pathless(err)
}

func (tx *Tx) addDocument(d *Document, r io.Reader, progress func(done int64)) error {
	name, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("add a document: %w", err)
	}
	file := name.String()
	in := newIntake()
	err = in.take(tx.ctx, r, func(part int, bytes []byte) error {
		_, err := tx.tx.ExecContext(tx.ctx, `INSERT INTO document_chunk (file, part, bytes) VALUES ($1, $2, $3)`, file, part, bytes)
		if err != nil {
			return fmt.Errorf("add a document: %w", err)
		}
		progress(in.size)
		return nil
	})
	if err != nil {
		return err
	}
	if err := in.fill(d, tx.now); err != nil {
		return err
	}
	d.added = true
	if err := tx.Save(d, ""); err != nil {
		return err
	}
	_, err = tx.tx.ExecContext(tx.ctx, `INSERT INTO document_file (document, file) VALUES ($1, $2)`, d.ID, file)
	if err != nil {
		return fmt.Errorf("add document %s: %w", d.ID, err)
	}
	return nil
}

// intake is what is learnt of a file while it is read.
type intake struct {
	hash hash.Hash
	size int64
	sniffer
}

func newIntake() *intake { return &intake{hash: sha256.New()} }

// take reads r to its end and hands each chunk to keep. It stops at the first
// byte beyond DocumentLimit.
func (in *intake) take(ctx context.Context, r io.Reader, keep func(part int, bytes []byte) error) error {
	buffer := make([]byte, documentChunk)
	for part := 0; ; part++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := io.ReadFull(r, buffer)
		if n > 0 {
			piece := buffer[:n]
			if in.size += int64(n); in.size > DocumentLimit {
				return &Invalid{[]Problem{{"name", tooLarge}}}
			}
			in.hash.Write(piece)
			in.look(piece)
			if err := keep(part, piece); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the file to be added: %w", pathless(err))
		}
	}
}

// fill writes into d what was learnt and applies the rules.
func (in *intake) fill(d *Document, now Stamp) error {
	mediaType, refused := in.typeOf(d.Name)
	if refused != "" {
		return &Invalid{[]Problem{{"name", refused}}}
	}
	d.Type, d.Size, d.SHA256 = mediaType, in.size, hex.EncodeToString(in.hash.Sum(nil))
	return d.Check(now)
}

// pathless takes the path out of an error: a file may be named after a child.
func pathless(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// checkDocument says that a document comes with its bytes, and that they stay
// what they were.
func (tx *Tx) checkDocument(d *Document) error {
	if d.ID == "" {
		if !d.added {
			return &Invalid{[]Problem{{"name", "Choose a file."}}}
		}
		return nil
	}
	old, err := get[Document](tx, d.ID)
	if err != nil {
		return err
	}
	if d.SHA256 != old.SHA256 || d.Size != old.Size || d.Type != old.Type {
		return &Invalid{[]Problem{{"name", "The file of a document is never changed. Add the better copy as another document."}}}
	}
	if d.Made != old.Made || old.IsPack() && d.On != old.On {
		return &Invalid{[]Problem{{"on", "This is the pack of a referral as it was printed. It stays with that referral."}}}
	}
	return nil
}

// OpenDocument returns the bytes of a document and notes in the audit trail that
// the member opened it. The last read returns ErrBroken in place of io.EOF when
// they are not the bytes that were added: what came before must then not be
// trusted. Returns ErrNotFound when there is no such document.
func (s *Store) OpenDocument(ctx context.Context, id ID) (io.ReadCloser, error) {
	d, err := s.Documents.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	r, err := s.readDocument(ctx, &d)
	if err != nil {
		return nil, err
	}
	return r, s.note(ctx, event{act: ActView, kind: KindDocument, record: id})
}

// SaveDocument writes the bytes of a document to a file at path, as [Store.Export]
// does, whose errors it returns; also ErrBroken and ErrNotFound: see
// [Store.OpenDocument]. Then there is no file.
func (s *Store) SaveDocument(ctx context.Context, id ID, path string) error {
	d, err := s.Documents.Get(ctx, id)
	if err != nil {
		return err
	}
	r, err := s.readDocument(ctx, &d)
	if err != nil {
		return err
	}
	_, err = s.Export(ctx, d.Pupil, "document "+string(id), path, func(w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	})
	return err
}

// documentReader reads the chunks of a document one after the other. It holds
// no lock between them: they never change.
type documentReader struct {
	ctx   context.Context
	store *Store
	doc   *Document
	file  string
	part  int
	rest  []byte // of the chunk that was read last
	size  int64
	hash  hash.Hash
	err   error
}

func (s *Store) readDocument(ctx context.Context, d *Document) (*documentReader, error) {
	r := &documentReader{ctx: ctx, store: s, doc: d, hash: sha256.New()}
	err := s.db.QueryRowContext(ctx, `SELECT file FROM document_file WHERE document = $1`, d.ID).Scan(&r.file)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, r.broken()
	}
	if err != nil {
		return nil, fmt.Errorf("open document %s: %w", d.ID, err)
	}
	return r, nil
}

// Read implements io.Reader.
func (r *documentReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 && r.err == nil {
		r.err = r.next()
	}
	if len(r.rest) == 0 {
		return 0, r.err
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// next reads the next chunk; io.EOF after the last one, when all is well.
func (r *documentReader) next() error {
	err := r.store.db.QueryRowContext(r.ctx, `SELECT bytes FROM document_chunk WHERE file = $1 AND part = $2`,
		r.file, r.part).Scan(&r.rest)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if r.size != r.doc.Size || hex.EncodeToString(r.hash.Sum(nil)) != r.doc.SHA256 {
			return r.broken()
		}
		return io.EOF
	case err != nil:
		return fmt.Errorf("read document %s: %w", r.doc.ID, err)
	case r.size+int64(len(r.rest)) > r.doc.Size:
		r.rest = nil
		return r.broken()
	}
	r.part++
	r.size += int64(len(r.rest))
	r.hash.Write(r.rest)
	return nil
}

func (r *documentReader) broken() error {
	return fmt.Errorf("document %s is not what was added: %w", r.doc.ID, ErrBroken)
}

// Close ends the reading.
func (r *documentReader) Close() error {
	r.rest, r.err = nil, fs.ErrClosed
	return nil
}

// checkDocuments reads the bytes of every document and compares them with the
// hash in its record, which the audit trail covers. It returns ErrBroken with
// the id of the first one that does not fit. A document whose record was removed
// has no hash any more, and no bytes.
func (s *Store) checkDocuments(ctx context.Context) error {
	var all []Document
	err := eachRow(ctx, s.db, func(r row) error {
		var d Document
		if decode(r, &d) != nil || d.SHA256 == "" {
			return nil // the walk along the trail says whether that is right
		}
		d.Meta = r.meta
		all = append(all, d)
		return nil
	}, newest+` WHERE r.kind = $1 ORDER BY r.id`, KindDocument)
	if err != nil {
		return err
	}
	for i := range all {
		r, err := s.readDocument(ctx, &all[i])
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
	}
	return nil
}

// eraseDocument takes the bytes of a document out of the vault, and its small
// picture, when its record is removed. It does nothing for a document that has
// none.
func (tx *Tx) eraseDocument(id ID) error {
	_, err := tx.tx.ExecContext(tx.ctx, `DELETE FROM document_chunk WHERE file IN
		(SELECT file FROM document_file WHERE document = $1)`, id)
	if err == nil {
		_, err = tx.tx.ExecContext(tx.ctx, `DELETE FROM document_file WHERE document = $1`, id)
	}
	if err != nil {
		return fmt.Errorf("erase document %s: %w", id, err)
	}
	return nil
}
