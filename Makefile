# Short names for `python3 dev.py ...`, which needs no make.
.PHONY: build test check format lint
build test check format lint:
	python3 dev.py $@
