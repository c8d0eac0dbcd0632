package records

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

var (
	red  = color.NRGBA{220, 20, 20, 255}
	blue = color.NRGBA{20, 20, 220, 255}
)

// corner returns a picture of w by h, blue but for its red top left quarter.
func corner(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, blue)
			if x < w/2 && y < h/2 {
				img.Set(x, y, red)
			}
		}
	}
	return img
}

// stored returns the pixels of an upright corner as a camera that was held so
// stores them, with a place that must not get into the small picture.
func stored(t *testing.T, orientation int, order binary.AppendByteOrder) []byte {
	t.Helper()
	inverse := orientation
	switch orientation {
	case 6:
		inverse = 8
	case 8:
		inverse = 6
	}
	var pixels bytes.Buffer
	if err := jpeg.Encode(&pixels, upright(corner(400, 200), inverse), nil); err != nil {
		t.Fatal(err)
	}
	mark := "II"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM"
	}
	exif := append([]byte("Exif\x00\x00"+mark), order.AppendUint16(nil, 42)...)
	exif = order.AppendUint32(exif, 8)
	exif = order.AppendUint16(exif, 2)
	exif = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(exif, 0x010e), 2), 4), "Elm\x00"...)
	exif = append(order.AppendUint16(order.AppendUint32(order.AppendUint16(order.AppendUint16(exif, 0x0112), 3), 1), uint16(orientation)), 0, 0)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(out, exif...), pixels.Bytes()[2:]...)
}

func TestThumbnailIsUpright(t *testing.T) {
	s := mustCreate(t)
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for o := 1; o <= 8; o++ {
			d := mustAdd(t, s, "photo.jpg", bytes.NewReader(stored(t, o, order)))
			small, err := s.Thumbnail(context.Background(), d.ID)
			if err != nil {
				t.Fatalf("orientation %d: %v", o, err)
			}
			if bytes.Contains(small, []byte("Elm")) || bytes.Contains(small, []byte("Exif")) {
				t.Errorf("orientation %d: the small picture holds what the camera wrote", o)
			}
			img, err := png.Decode(bytes.NewReader(small))
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds().Dx() != 320 || img.Bounds().Dy() != 160 {
				t.Errorf("orientation %d: %v, want 320 by 160", o, img.Bounds())
				continue
			}
			for _, c := range []struct {
				x, y int
				red  bool
			}{{40, 20, true}, {280, 20, false}, {40, 140, false}, {280, 140, false}} {
				r, _, b, _ := img.At(c.x, c.y).RGBA()
				if r > b != c.red {
					t.Errorf("orientation %d: wrong at %d, %d", o, c.x, c.y)
				}
			}
		}
	}
}

func TestThumbnailKinds(t *testing.T) {
	s := mustCreate(t)
	var asPNG, asGIF bytes.Buffer
	if err := errors.Join(png.Encode(&asPNG, corner(100, 50)), gif.Encode(&asGIF, corner(640, 64), nil)); err != nil {
		t.Fatal(err)
	}
	webp := "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
	for _, c := range []struct {
		name, bytes string
		w, h        int
	}{{"a.png", asPNG.String(), 100, 50}, {"a.gif", asGIF.String(), 320, 32}, {"a.webp", webp, 1, 1}} {
		d := mustAdd(t, s, c.name, strings.NewReader(c.bytes))
		small, err := s.Thumbnail(context.Background(), d.ID)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if size, err := png.DecodeConfig(bytes.NewReader(small)); err != nil || size.Width != c.w || size.Height != c.h {
			t.Errorf("%s: %d by %d, %v, want %d by %d", c.name, size.Width, size.Height, err, c.w, c.h)
		}
	}
}

// bombPNG returns the beginning of a picture that says it is w by h.
func bombPNG(w, h uint32) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	head = append(head, 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func TestNoPicture(t *testing.T) {
	s := mustCreate(t)
	for _, c := range []struct {
		name, file string
		bytes      []byte
	}{
		{"a letter", "a.txt", []byte("Dear colleague")},
		{"a bomb", "a.png", bombPNG(60000, 60000)},
		{"cut off", "a.png", bombPNG(10, 10)},
		{"cut off at once", "a.jpg", []byte("\xff\xd8\xff\xe0")},
	} {
		d := mustAdd(t, s, c.file, bytes.NewReader(c.bytes))
		if _, err := s.Thumbnail(context.Background(), d.ID); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%s: Thumbnail = %v, want ErrNoPicture", c.name, err)
		}
		if _, err := s.Picture(context.Background(), d.ID, 800); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%s: Picture = %v, want ErrNoPicture", c.name, err)
		}
		if got, err := readAll(t, s, d.ID); !bytes.Equal(got, c.bytes) || err != nil {
			t.Errorf("%s: the document itself: %v", c.name, err)
		}
	}
}

func TestTooManyPixels(t *testing.T) {
	for _, c := range []struct {
		name  string
		model color.Model
		w, h  int
		want  bool
	}{
		{"a telephone's", color.YCbCrModel, 8064, 6048, false},
		{"too many", color.YCbCrModel, 8192, 8192, true},
		{"16 bits", color.RGBA64Model, 8064, 6048, true},
		{"none", color.YCbCrModel, 0, 100, true},
		{"beyond what 32 bits count", color.YCbCrModel, 1 << 20, 1 << 20, true},
	} {
		if got := tooManyPixels(image.Config{ColorModel: c.model, Width: c.w, Height: c.h}); got != c.want {
			t.Errorf("%s: tooManyPixels = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPicture(t *testing.T) {
	s := mustCreate(t)
	d := mustAdd(t, s, "photo.jpg", bytes.NewReader(stored(t, 6, binary.BigEndian)))
	img, err := s.Picture(context.Background(), d.ID, 200)
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 200 || img.Bounds().Dy() != 100 {
		t.Errorf("%v, want 200 by 100", img.Bounds())
	}
	if a := lastAct(t, s); a.Act != ActView || a.Record != d.ID {
		t.Errorf("the trail says %s of %s, want the view", a.Act, a.Record)
	}
	if _, err := s.db.Exec(`UPDATE document_file SET thumbnail = NULL`); err != nil {
		t.Fatal(err)
	}
	if small, err := s.Thumbnail(context.Background(), d.ID); len(small) == 0 || err != nil {
		t.Errorf("a small picture that was never made: %d bytes, %v", len(small), err)
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if o := orientation(b); o < 1 || o > 8 {
			t.Errorf("orientation = %d", o)
		}
	})
}
