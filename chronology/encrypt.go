package chronology

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
)

// A workbook with a password is encrypted as Excel itself does it: agile
// encryption of ECMA-376 ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15), AES-256 in CBC
// mode under a key that only the password opens, and an HMAC over the whole, so
// that a changed byte is noticed. excelize offers only the older standard
// encryption (AES-128 in ECB mode, no integrity), which this avoids.

const (
	spins       = 100_000 // rounds of SHA-512 over the password, as Excel uses
	segmentSize = 4096    // bytes encrypted under one initialisation vector
	keyBytes    = 32
	saltBytes   = 16
)

// Block keys of [MS-OFFCRYPTO]: what each derived key is for.
var (
	blockVerifierInput = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	blockVerifierHash  = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	blockKey           = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
	blockHMACKey       = []byte{0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6}
	blockHMACValue     = []byte{0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33}
)

// encrypt returns an Office package encrypted under a password: somebody who has
// it and not the password learns how large it is and no more. random gives the
// keys and salts.
func encrypt(pack []byte, password string, random io.Reader) ([]byte, error) {
	e := agile{random: random}
	keySalt, key := e.bytes(saltBytes), e.bytes(keyBytes)
	passSalt := e.bytes(saltBytes)
	verifier := e.bytes(saltBytes)
	hmacKey := e.bytes(sha512.Size)
	if e.err != nil {
		return nil, fmt.Errorf("encrypt the workbook: %w", e.err)
	}

	enc := binary.LittleEndian.AppendUint64(nil, uint64(len(pack)))
	for i := 0; i*segmentSize < len(pack); i++ {
		segment := pack[i*segmentSize : min(len(pack), (i+1)*segmentSize)]
		enc = append(enc, cbc(key, vector(keySalt, segmentNumber(i)), segment)...)
	}
	mac := hmac.New(sha512.New, hmacKey)
	mac.Write(enc)

	hash := stretch(password, passSalt)
	wrap := func(block, plain []byte) string {
		return base64.StdEncoding.EncodeToString(cbc(hash512(hash, block)[:keyBytes], passSalt, plain))
	}
	seal := func(block, plain []byte) string {
		return base64.StdEncoding.EncodeToString(cbc(key, vector(keySalt, block), plain))
	}
	var info bytes.Buffer
	info.Write([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}) // version 4.4, agile
	fmt.Fprintf(&info, agileInfo,
		base64.StdEncoding.EncodeToString(keySalt),
		seal(blockHMACKey, hmacKey), seal(blockHMACValue, mac.Sum(nil)),
		spins, base64.StdEncoding.EncodeToString(passSalt),
		wrap(blockVerifierInput, verifier), wrap(blockVerifierHash, hash512(verifier)), wrap(blockKey, key))
	return compound(encryptedStorage(info.Bytes(), enc)), nil
}

type agile struct {
	random io.Reader
	err    error
}

func (e *agile) bytes(n int) []byte {
	b := make([]byte, n)
	if e.err == nil {
		_, e.err = io.ReadFull(e.random, b)
	}
	return b
}

// stretch returns the slow hash of a password.
func stretch(password string, salt []byte) []byte {
	var wide []byte
	for _, u := range utf16.Encode([]rune(password)) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	hash := hash512(salt, wide)
	var buf [4 + sha512.Size]byte
	for i := range uint32(spins) {
		binary.LittleEndian.PutUint32(buf[:4], i)
		copy(buf[4:], hash)
		sum := sha512.Sum512(buf[:])
		hash = sum[:]
	}
	return hash
}

func hash512(parts ...[]byte) []byte {
	h := sha512.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

func vector(salt, block []byte) []byte { return hash512(salt, block)[:aes.BlockSize] }

func segmentNumber(i int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(i)) }

// cbc encrypts plain, filled up with zeros to whole blocks.
func cbc(key, iv, plain []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key is always keyBytes long
	}
	out := make([]byte, (len(plain)+aes.BlockSize-1)/aes.BlockSize*aes.BlockSize)
	copy(out, plain)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
	return out
}

// agileInfo is the XML of the EncryptionInfo stream.
const agileInfo = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
	`<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"` +
	` xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"` +
	` xmlns:c="http://schemas.microsoft.com/office/2006/keyEncryptor/certificate">` +
	`<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"` +
	` hashAlgorithm="SHA512" saltValue="%s"/>` +
	`<dataIntegrity encryptedHmacKey="%s" encryptedHmacValue="%s"/>` +
	`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
	`<p:encryptedKey spinCount="%d" saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"` +
	` cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="%s" encryptedVerifierHashInput="%s"` +
	` encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`
