# Every target does its own set-up. The work is in scripts/, which needs Python 3.11 or newer and nothing else.
PYTHON ?= python3

.PHONY: run install train test check lock demo-reset messages clean

run:          ; @$(PYTHON) scripts/run.py
install:      ; @$(PYTHON) scripts/install.py
train:        ; @$(PYTHON) scripts/train.py
test:         ; @$(PYTHON) scripts/test.py $(ARGS)
check:        ; @$(PYTHON) scripts/check.py
lock:         ; @$(PYTHON) scripts/lock.py
demo-reset:   ; @$(PYTHON) scripts/command.py demo --reset
messages:     ; @$(PYTHON) scripts/command.py messages
clean:        ; @$(PYTHON) scripts/clean.py
