package records

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// ErrNoPicture means that a document cannot be shown as a picture: it is of
// another kind, cannot be read, or is too large to be opened safely.
var ErrNoPicture = errors.New("this document cannot be shown as a picture")

const (
	thumbnailSide = 320      // pixels, the longer side at most
	pictureLimit  = 50 << 20 // pixels: a small file can claim any number, and each takes memory
)

// pictureFormat reads one kind of picture.
type pictureFormat struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// pictureFormats are the kinds that can be shown; a moving GIF by its first
// picture.
var pictureFormats = map[string]pictureFormat{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode},
	"image/png":  {png.DecodeConfig, png.Decode},
	"image/gif":  {gif.DecodeConfig, gif.Decode},
	"image/webp": {webp.DecodeConfig, webp.Decode},
}

// CanBeShown reports whether Picture can be tried on the document.
func (d *Document) CanBeShown() bool {
	_, ok := pictureFormats[d.Type]
	return ok
}

// Thumbnail returns a small picture of a document as PNG, upright, its longer
// side 320 pixels at most. It has nothing of what a camera writes beside its
// pixels. It was made when the document was added and is kept in the vault.
// Returns ErrNoPicture or ErrNotFound.
func (s *Store) Thumbnail(ctx context.Context, id ID) ([]byte, error) {
	d, err := s.Documents.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	var kept []byte
	err = s.db.QueryRowContext(ctx, `SELECT thumbnail FROM document_file WHERE document = $1`, id).Scan(&kept)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("picture of document %s: %w", id, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("picture of document %s: %w", id, err)
	case kept == nil:
		return s.makeThumbnail(ctx, &d)
	case len(kept) == 0:
		return nil, ErrNoPicture
	}
	return kept, nil
}

// makeThumbnail makes the small picture of a document and keeps it, or that
// there is none.
func (s *Store) makeThumbnail(ctx context.Context, d *Document) ([]byte, error) {
	small := []byte{}
	img, err := s.picture(ctx, d, thumbnailSide)
	if err == nil {
		var b bytes.Buffer
		if err = png.Encode(&b, img); err == nil {
			small = b.Bytes()
		}
	}
	if err != nil && !errors.Is(err, ErrNoPicture) {
		return nil, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if _, e := s.db.ExecContext(ctx, `UPDATE document_file SET thumbnail = $1 WHERE document = $2`, small, d.ID); e != nil {
		return nil, fmt.Errorf("keep the picture of document %s: %w", d.ID, e)
	}
	return small, err
}

// Picture returns a document as a picture, upright, its longer side at most so
// many pixels, and notes in the audit trail that the member opened it. Nothing
// is written to a file. Returns ErrNoPicture, or what [Store.OpenDocument] does.
func (s *Store) Picture(ctx context.Context, id ID, side int) (image.Image, error) {
	d, err := s.Documents.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	img, err := s.picture(ctx, &d, side)
	if err != nil {
		return nil, err
	}
	return img, s.note(ctx, event{act: ActView, kind: KindDocument, record: id})
}

func (s *Store) picture(ctx context.Context, d *Document, side int) (image.Image, error) {
	format, ok := pictureFormats[d.Type]
	if !ok {
		return nil, ErrNoPicture
	}
	first, err := s.readDocument(ctx, d)
	if err != nil {
		return nil, err
	}
	head := make([]byte, min(d.Size, documentChunk))
	if _, err := io.ReadFull(first, head); err != nil {
		return nil, err
	}
	size, err := format.config(io.MultiReader(bytes.NewReader(head), first))
	if err != nil || tooManyPixels(size) {
		return nil, ErrNoPicture
	}
	whole, err := s.readDocument(ctx, d)
	if err != nil {
		return nil, err
	}
	img, err := format.decode(whole)
	if _, e := io.Copy(io.Discard, whole); e != nil { // to where the hash is compared
		return nil, e
	}
	if err != nil {
		return nil, ErrNoPicture
	}
	return upright(shrink(img, side), orientation(head)), nil
}

// tooManyPixels reports whether a picture is larger than what is opened; one
// with 16 bits a colour takes twice the memory and may have half as many.
func tooManyPixels(c image.Config) bool {
	limit := int64(pictureLimit)
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model:
		limit /= 2
	}
	return c.Width <= 0 || c.Height <= 0 || int64(c.Width)*int64(c.Height) > limit
}

// shrink returns a picture whose longer side is side pixels at most. A much
// larger one is shrunk in two steps, the first of them quick.
func shrink(img image.Image, side int) image.Image {
	if w, h := fit(img.Bounds(), 2*side); w < img.Bounds().Dx() || h < img.Bounds().Dy() {
		img = scaled(draw.ApproxBiLinear, img, w, h)
	}
	w, h := fit(img.Bounds(), side)
	return scaled(draw.BiLinear, img, w, h)
}

func scaled(by draw.Scaler, img image.Image, w, h int) image.Image {
	to := image.NewNRGBA(image.Rect(0, 0, w, h))
	by.Scale(to, to.Bounds(), img, img.Bounds(), draw.Src, nil)
	return to
}

// fit returns the size of r, made smaller where its longer side is more than
// side.
func fit(r image.Rectangle, side int) (w, h int) {
	w, h = r.Dx(), r.Dy()
	if longer := max(w, h); longer > side {
		w, h = max(1, w*side/longer), max(1, h*side/longer)
	}
	return w, h
}

// upright turns and mirrors a picture as the orientation says: 1 to 8 as in
// EXIF 2.32, tag 0x0112.
func upright(img image.Image, orientation int) image.Image {
	if orientation <= 1 || orientation > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	to := image.NewNRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		to = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			atX, atY := turned(orientation, x, y, w, h)
			to.Set(atX, atY, img.At(img.Bounds().Min.X+x, img.Bounds().Min.Y+y))
		}
	}
	return to
}

// turned returns where the pixel at x, y of a picture of w by h comes to lie.
func turned(orientation, x, y, w, h int) (atX, atY int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// orientation returns what the EXIF block of a JPEG says about how the camera
// was held, 1 to 8, or 1 where it says nothing.
func orientation(jpg []byte) int {
	if !bytes.HasPrefix(jpg, []byte("\xff\xd8")) {
		return 1
	}
	for at := 2; at+4 <= len(jpg) && jpg[at] == 0xff && jpg[at+1] != 0xda; { // 0xda: the pixels
		length := int(binary.BigEndian.Uint16(jpg[at+2:]))
		end := at + 2 + length
		if length < 2 || end > len(jpg) {
			break
		}
		block := jpg[at+4 : end]
		if exif, ok := bytes.CutPrefix(block, []byte("Exif\x00\x00")); ok && jpg[at+1] == 0xe1 {
			return tiffOrientation(exif)
		}
		at = end
	}
	return 1
}

// tiffOrientation reads the orientation out of the first directory of a TIFF
// block.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(b[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	entries := b[at+2:]
	for range order.Uint16(b[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			break
		}
		entries = entries[12:]
	}
	return 1
}
