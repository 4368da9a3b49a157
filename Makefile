# Short names for `python3 dev.py ...`, which needs no make.
.PHONY: build test check format lint
build test check format lint:
	python3 dev.py $@

# Known weaknesses of the packages that kg stands on, from the advisories of the Python Package Index: asks the network.
# A package of which the index knows nothing is a failure too: silence is no clean bill.
.PHONY: audit
audit:
	.venv/bin/python -m pip freeze --exclude-editable --disable-pip-version-check > .venv/audit.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.7,<3"
	.venv/bin/python -m pip_audit --strict --no-deps --disable-pip --desc off -r .venv/audit.txt
