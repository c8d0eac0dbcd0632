package chronology

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	crand "crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestWorkbookWithAPassword(t *testing.T) {
	f := story()
	const password = "blå Grün 三 fence"
	b := workbook(t, f, Of(f), WorkbookOptions{Password: password})
	if bytes.HasPrefix(b, []byte("PK")) || bytes.Contains(b, []byte("xl/worksheets")) {
		t.Fatal("the workbook is not encrypted")
	}
	x, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if got := value(t, x, "Chronology", columnOf(t, "The child's voice")+"3"); got != "Karl said I could freeze" {
		t.Errorf("voice = %q", got)
	}
	if _, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{Password: "wrong"}); !errors.Is(err, excelize.ErrWorkbookPassword) {
		t.Errorf("a wrong password: %v", err)
	}
}

// Sizes around the ends of segments, mini sectors and of the table that the
// header of a compound file can name (7 MB).
func TestEncryptedSizes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 15, 16, 4079, 4080, 4087, 4088, 4089, 4096, 100_000, 7_300_000} {
		pack := make([]byte, n)
		for i := range pack {
			pack[i] = byte(r.Uint32())
		}
		sealed, err := encrypt(pack, "pass", crand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if len(sealed)%sectorSize != 0 {
			t.Errorf("%d bytes: the file is not made of whole sectors", n)
		}
		got, err := excelize.Decrypt(sealed, &excelize.Options{Password: "pass"})
		if err != nil {
			t.Errorf("%d bytes: %v", n, err)
		} else if !bytes.Equal(got[:min(n, len(got))], pack) {
			t.Errorf("%d bytes: others came back", n)
		}
	}
}

func TestEncryptedTwiceIsNotTheSame(t *testing.T) {
	pack := []byte(strings.Repeat("the same ", 1000))
	a, errA := encrypt(pack, "p", crand.Reader)
	b, errB := encrypt(pack, "p", crand.Reader)
	if errA != nil || errB != nil || bytes.Equal(a, b) {
		t.Errorf("salts are not new: %v %v", errA, errB)
	}
}

type dry struct{}

func (dry) Read([]byte) (int, error) { return 0, errors.New("no randomness") }

func TestEncryptWithoutRandomness(t *testing.T) {
	if b, err := encrypt([]byte("x"), "p", dry{}); err == nil || b != nil {
		t.Error("encrypted without keys")
	}
}

// The table must cover every sector, and each sector be in it once.
func TestCompoundCoversItsSectors(t *testing.T) {
	for _, n := range []int{100, 5000, 7_200_000, 16_000_000} {
		b := compound(encryptedStorage(make([]byte, 1200), make([]byte, n)))
		le := binary.LittleEndian
		fats := int(le.Uint32(b[44:]))
		total := len(b)/sectorSize - 1
		if fats*sectorSize/4 < total {
			t.Errorf("%d bytes: %d sectors of table do not cover %d sectors", n, fats, total)
		}
		if first := int(le.Uint32(b[76:])); b[sectorSize*(first+1)] == 0 {
			t.Errorf("%d bytes: the table is not where the header says", n)
		}
	}
}

// Office refuses a file whose HMAC does not fit; excelize does not look. So it
// is taken apart here as [MS-OFFCRYPTO] 2.3.4.14 says.
func TestIntegrityOfAnEncryptedWorkbook(t *testing.T) {
	pack := bytes.Repeat([]byte("workbook "), 2000)
	sealed, err := encrypt(pack, "pass", crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	attr := func(name string, nth int) []byte {
		parts := strings.Split(string(sealed), " "+name+`="`)
		text, _, _ := strings.Cut(parts[nth], `"`)
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	open := func(key, iv, sealed []byte) []byte {
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]byte, len(sealed))
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, sealed)
		return out
	}
	keySalt, passSalt := attr("saltValue", 1), attr("saltValue", 2)
	hash := stretch("pass", passSalt)
	key := open(hash512(hash, blockKey)[:keyBytes], passSalt, attr("encryptedKeyValue", 1))
	verifier := open(hash512(hash, blockVerifierInput)[:keyBytes], passSalt, attr("encryptedVerifierHashInput", 1))
	if got := open(hash512(hash, blockVerifierHash)[:keyBytes], passSalt, attr("encryptedVerifierHashValue", 1)); !bytes.Equal(got, hash512(verifier)) {
		t.Error("the verifier does not fit the password")
	}
	hmacKey := open(key, vector(keySalt, blockHMACKey), attr("encryptedHmacKey", 1))
	want := open(key, vector(keySalt, blockHMACValue), attr("encryptedHmacValue", 1))
	stream := sealed[sectorSize:] // the package is the first stream that is not small
	stream = stream[:8+(len(pack)+15)/16*16]
	if got := binary.LittleEndian.Uint64(stream); got != uint64(len(pack)) {
		t.Errorf("length = %d, want %d", got, len(pack))
	}
	mac := hmac.New(sha512.New, hmacKey)
	mac.Write(stream)
	if !hmac.Equal(mac.Sum(nil), want) {
		t.Error("the HMAC does not fit the package")
	}
}
