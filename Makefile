# make run    install what is missing, build, open the window
# make test   install what is missing, run every test, the real window's included
# make fast   the tests that need no C compiler and no display
# make race   what has no window under the race detector
# make bench  measure what has a budget, as ratios to plain SQLite, C SQLite and
#             the Python libraries for workbooks and PDF; installs what is missing
# make soak   the heavy tests twenty times as heavy: 400 killed writers, 12,000
#             simulated power cuts, 3,000 random histories; half an hour
# make fuzz   every fuzz target for FUZZTIME each, ten minutes unless it is given
# make eval   score the wording checker and the pattern reader

SHELL := bash
export GOFLAGS ?= -buildvcs=false

.PHONY: run build test fast race soak fuzz bench eval screenshot clean

FUZZTIME ?= 10m

run: build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then ./throughline; else \
	  .ci/packages test && mkdir -p out && echo "There is no display: driving the demo school in a virtual one." && \
	  THROUGHLINE_BIN="$(CURDIR)/throughline" THROUGHLINE_OUT="$(CURDIR)/out" go test -count=1 ./e2e && \
	  echo "Look in out/: screenshots, chronology.xlsx, pack.pdf." && ls out; fi

build:
	@.ci/packages build
	@.ci/build

test:
	@.ci/packages test
	@test -z "$$(gofmt -l .)" || { echo "gofmt these:"; gofmt -l .; exit 1; }
	CGO_ENABLED=0 go vet -tags ci ./...
	CGO_ENABLED=0 go test -tags ci $$(go list -tags ci ./... | grep -v /e2e)
	@.ci/build
	THROUGHLINE_BIN="$(CURDIR)/throughline" go test -count=1 ./e2e

fast:
	CGO_ENABLED=0 go test -tags ci $$(go list -tags ci ./... | grep -v /e2e)

# Not ui: Fyne's test driver draws on whichever goroutine asks, which the real
# one never does, so the detector reports the driver.
race:
	go test -race ./records/... ./chronology/... ./referral/...

soak:
	CGO_ENABLED=0 THROUGHLINE_SOAK=1 go test -tags ci -count=1 -timeout 4h -v \
	  -run 'Kill|AnyHistory|PowerCut|Fault|Bit|MutatedHeader' ./records ./records/vault

fuzz:
	@set -e; for p in $$(go list -tags ci ./... | grep -v /e2e); do \
	  for f in $$(CGO_ENABLED=0 go test -tags ci -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "$$p $$f"; CGO_ENABLED=0 go test -tags ci -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; \
	  done; \
	done

bench:
	@.ci/packages bench || echo "Measuring without what could not be installed."
	CGO_ENABLED=0 go test -tags ci -run '^$$' -bench . $$(go list -tags ci ./... | grep -v /e2e)

eval:
	CGO_ENABLED=0 THROUGHLINE_EVAL=1 go test -count=1 -run 'Eval|FalseAlarms|Power' -v ./chronology/wording ./chronology/pattern

# The picture in README.md, as the end-to-end test takes it.
screenshot: build
	@.ci/packages test
	@mkdir -p out
	THROUGHLINE_BIN="$(CURDIR)/throughline" THROUGHLINE_OUT="$(CURDIR)/out" go test -count=1 -run TestThread ./e2e
	convert out/05-pupil.png -colors 128 PNG8:assets/screenshot.png

clean:
	rm -rf out throughline throughline.exe
