package vault

import (
	"fmt"
	"slices"
)

// Slots returns the names of the passphrase slots, in the order they were made.
func (v *Vault) Slots() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var names []string
	for _, s := range v.header.ofKind(passphraseSlot) {
		names = append(names, s.name)
	}
	return names
}

// SetPassphrase gives a slot another passphrase, at the slot's [Cost] unless one
// is given. The file stays as it is but for its header. [ErrNotFound]: there is
// no such slot.
func (v *Vault) SetPassphrase(name string, passphrase []byte, opts ...Option) error {
	return v.change(func(h *header) error {
		i := h.find(name)
		if i < 0 {
			return fmt.Errorf("slot %q: %w", name, ErrNotFound)
		}
		cost := optionsOf(opts, h.slots[i].cost).cost
		s, err := newSlot(passphraseSlot, name, passphrase, v.dataKey, h.id, cost)
		h.slots[i] = s
		return err
	})
}

// AddSlot adds a slot with a passphrase of its own, at [DefaultCost] unless a
// [Cost] is given. [ErrExists]: the name is taken. [ErrSlot]: it is empty or
// longer than 64 bytes, or there is no room for one more.
func (v *Vault) AddSlot(name string, passphrase []byte, opts ...Option) error {
	return v.change(func(h *header) error {
		switch {
		case h.find(name) >= 0:
			return fmt.Errorf("slot %q: %w", name, ErrExists)
		case len(h.slots) == maxSlots:
			return fmt.Errorf("%w: all %d are taken", ErrSlot, maxSlots-1)
		}
		cost := optionsOf(opts, DefaultCost).cost
		s, err := newSlot(passphraseSlot, name, passphrase, v.dataKey, h.id, cost)
		h.slots = append(h.slots, s)
		return err
	})
}

// DropSlot takes a slot away; not the last one, which is [ErrSlot]. It does not
// change the data key: see the package's limits. [ErrNotFound]: there is no such
// slot.
func (v *Vault) DropSlot(name string) error {
	return v.change(func(h *header) error {
		i := h.find(name)
		switch {
		case i < 0:
			return fmt.Errorf("slot %q: %w", name, ErrNotFound)
		case len(h.ofKind(passphraseSlot)) == 1:
			return fmt.Errorf("%w: it is the last", ErrSlot)
		}
		h.slots = slices.Delete(h.slots, i, i+1)
		return nil
	})
}

// NewRecovery makes another recovery key, to be printed; the old one opens the
// vault no more.
func (v *Vault) NewRecovery() (Recovery, error) {
	printed, secret := newRecovery()
	defer clear(secret)
	err := v.change(func(h *header) error {
		s, err := newSlot(recoverySlot, recoveryName, secret, v.dataKey, h.id, Cost{})
		h.slots = append(h.ofKind(passphraseSlot), s)
		return err
	})
	if err != nil {
		return "", err
	}
	return printed, nil
}

// find returns the place of a passphrase slot, or -1.
func (h header) find(name string) int {
	return slices.IndexFunc(h.slots, func(s slot) bool {
		return s.kind == passphraseSlot && s.name == name
	})
}

// change writes a header of the next generation with what edit did to it.
func (v *Vault) change(edit func(*header) error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dataKey == nil {
		return ErrClosed
	}
	next := v.header
	next.slots = slices.Clone(next.slots)
	if err := edit(&next); err != nil {
		return err
	}
	next.generation++
	if err := writeHeader(v.file, next); err != nil {
		return err
	}
	v.header = next
	return nil
}
