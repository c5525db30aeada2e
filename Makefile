# make demo: from a fresh clone to a composed report.  make check: everything that a change must pass.
# Every package comes from requirements/*.txt with its hash; uv is used where it is installed, pip otherwise.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo serve test check fuzz fix format lint types contracts law-check migrations generated soak eval \
    soak-walks soak-kills soak-kills-postgresql soak-fuzz soak-workbooks soak-desk rule-pages pages bench-checkup bench-verify bench-steps \
    bench-import bench-papers bench-figures bench-desk pages-at-size windows lock clean

VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

# $(call install,ARGUMENTS): hashes are asked for by name, so that a lock without them is refused
install = { command -v uv >/dev/null && uv pip install --quiet --python $(PY) $(1) 2>/dev/null; } || $(PY) -m pip install -qq $(1)

help:
	@echo 'make setup   建立 .venv 并安装运行所需'
	@echo 'make demo    装入示例年度，生成年度报告'
	@echo 'make serve   在浏览器里看示例（PORT=端口）'
	@echo 'make test    运行测试'
	@echo 'make check   格式、类型、依赖方向、法律文件、迁移、损坏文件、测试，全部检查'
	@echo 'make fuzz    用损坏的文件试报告体检和表格导入的读入（FUZZ=秒数，SEED=起点）'
	@echo 'make fix     自动改正格式和写法'
	@echo 'make eval    DATA=文件夹：报告体检与人工标注的符合程度'
	@echo 'make bench-checkup 报告体检的速度，与别的工具并列'
	@echo 'make bench-verify 核验和证明的速度，与别的做法并列'
	@echo 'make bench-steps 一步、并发、期限的速度，与别的库并列'
	@echo 'make bench-import 导入一年的速度和内存，与别的做法并列（ROWS=行数）'
	@echo 'make bench-papers 公文的速度，与别的工具并列'
	@echo 'make bench-figures 统计数的速度，与别的做法并列（CASES=件数）'
	@echo 'make bench-desk 网页在十万件案件、一百万条记录上的速度和内存，与别的做法并列'
	@echo 'make pages-at-size 每一页在十万件案件上的时间、大小、语句数，三种宽度的图（PICTURES=文件夹）'
	@echo 'make pages   重新拍主要页面的图（docs/pages.md）'
	@echo 'make generated 重新生成由程序和法条文件写出的文件'
	@echo 'make soak    长时间检验（一小时以上；soak-walks、soak-kills、soak-kills-postgresql、soak-fuzz、soak-desk 可分别运行）'
	@echo 'make windows 在 Windows 版 Python（Wine）上运行示例、服务；TESTS=文件夹 另运行其测试'
	@echo 'make lock    重新锁定依赖（需要网络）'
	@echo 'make clean   删除 .venv、缓存和演示数据'

setup: $(VENV)/base.stamp
	@echo '已就绪：$(PY) -m fazheng'

$(VENV)/made.stamp:
	@echo '建立 $(VENV)'
	@for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if "$$candidate" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        "$$candidate" -m venv --clear $(VENV) && touch $@; exit; \
	    fi; \
	done; \
	echo '没有找到可用的 Python 3.11 或更新版本（须带 venv 模块）。请先安装，或用 make setup PYTHON=路径 指定。' >&2; exit 1

$(VENV)/base.stamp: $(VENV)/made.stamp requirements/base.txt requirements/build.txt requirements/statutes.txt pyproject.toml
	@echo '安装运行所需'
	@$(call install,--require-hashes -r requirements/base.txt -r requirements/build.txt)
	@$(call install,--require-hashes --no-deps -r requirements/statutes.txt)
	@$(call install,--no-build-isolation --no-deps -e .)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/base.stamp requirements/dev.txt
	@echo '安装测试和检查所需'
	@$(call install,--require-hashes -r requirements/dev.txt)
	@touch $@

# the programs that the benchmarks run beside ours; nothing of the product needs them
$(VENV)/bench.stamp: $(VENV)/dev.stamp requirements/bench.txt
	@echo '安装对照测速所需'
	@$(call install,--require-hashes -r requirements/bench.txt)
	@touch $@

demo: $(VENV)/base.stamp
	@$(PY) -m fazheng demo

PORT := 8000

serve: $(VENV)/base.stamp
	@test -e demo-home/book.sqlite3 || $(PY) -m fazheng demo --alive
	@$(PY) -m fazheng --home demo-home serve --demo --port $(PORT)

# as many at once as there are cores, each with a server and a demo home of its own; WORKERS=0 runs one after the other
WORKERS := auto

test: $(VENV)/dev.stamp
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal

# the tests stand last, so that their summary closes the run; they drop each rule of the law one by one, a line for
# each, so that the check of the law before them need not do it once more
check: LAW_CHECK := --no-drop
check: format lint types contracts law-check migrations fuzz test

format: $(VENV)/dev.stamp
	@echo '== 格式'
	@$(VENV)/bin/ruff format --check .

fix: $(VENV)/dev.stamp
	@$(VENV)/bin/ruff check --quiet --fix . ; $(VENV)/bin/ruff format .

lint: $(VENV)/dev.stamp
	@echo '== 写法'
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff check --quiet --preview --select PLW1514 .  # an office's Windows reads GBK where no encoding is named

types: $(VENV)/dev.stamp
	@echo '== 类型'
	@$(VENV)/bin/mypy
	@$(VENV)/bin/mypy --platform win32 --cache-dir .mypy_cache/win32

contracts: $(VENV)/dev.stamp
	@echo '== 依赖方向'
	@$(VENV)/bin/lint-imports --no-logo

law-check: $(VENV)/dev.stamp
	@echo '== 法律文件'
	@$(PY) -m fazheng law check $(LAW_CHECK)

migrations: $(VENV)/dev.stamp
	@echo '== 数据库迁移'
	@home=$$(mktemp -d) && trap 'rm -r "$$home"' EXIT && \
	    FAZHENG_HOME="$$home" DATABASE_URL= DJANGO_SETTINGS_MODULE=fazheng.site.desk \
	    $(PY) -m django makemigrations --check --dry-run

generated: $(VENV)/dev.stamp
	@$(PY) -m fazheng law lock
	@$(PY) -m tests.docs
	@$(PY) -m tests.examples
	@$(PY) -m tests.enforcement

# seconds, and where to begin: a failure prints the seed that repeats it
FUZZ := 60
SEED :=

fuzz: $(VENV)/dev.stamp
	@echo '== 损坏的文件'
	@$(PY) -m tests.checkup.fuzz $(FUZZ) $(SEED) & first=$$!; \
	$(PY) -m tests.casework.workbook.fuzz $(FUZZ) $(SEED); second=$$?; wait $$first && exit $$second

# each part alone: make soak-kills TIMES=20; every part writes its lines into docs/soak.md
TIMES :=
SOAK := soak-walks soak-kills soak-kills-postgresql soak-fuzz

soak: $(SOAK) soak-workbooks soak-desk

$(SOAK): soak-%: $(VENV)/dev.stamp
	@$(PY) -m tests.soak $* $(TIMES)

soak-workbooks: $(VENV)/dev.stamp
	@$(PY) -m tests.casework.workbook.fuzz 3600

# every page of the desk as every role, by axe at two widths, on paper; its server killed at four moments
soak-desk: $(VENV)/dev.stamp
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal -m long tests/web

# DATA holds reports/*.txt and gold/*.json; the texts of our own invention without it
DATA := tests/checkup/data

eval: $(VENV)/dev.stamp
	@$(PY) -m tests.checkup.eval $(DATA)

# the ten main pages of the demo county as pictures; a browser is needed
pages: $(VENV)/dev.stamp
	@$(PY) -m tests.web.pictures

rule-pages: $(VENV)/dev.stamp
	@$(PY) -m fazheng.checkup.pages docs/checkup-rules

# SCALE=0.1 is a quick look; rensa is set beside it where it is installed
SCALE := 1

# ROWS=300000 is a year of 100,000 cases with two further steps each
ROWS := 100000

bench-import: $(VENV)/bench.stamp
	@$(PY) -m benchmarks.importing $(ROWS)

# CASES=100000 is a quick look
CASES := 1000000

bench-figures: $(VENV)/bench.stamp
	@$(PY) -m benchmarks.figures $(CASES)

bench-desk: $(VENV)/bench.stamp
	@$(PY) -m benchmarks.desk $(DESK_CASES)

# AT_SIZE="--home FOLDER" keeps the book for the next time, --only WORD takes some pages, --no-pictures none
PICTURES := build/pages-at-size

pages-at-size: $(VENV)/dev.stamp
	@$(PY) -m benchmarks.desk_pages $(PICTURES) $(AT_SIZE)

# under a Python for Windows on Wine; TESTS="tests/ledger tests/web" runs those folders there, too
windows: $(VENV)/dev.stamp
	@$(PY) -m tests.windows $(TESTS)

bench-checkup: $(VENV)/dev.stamp
	@$(PY) -m benchmarks.checkup $(SCALE)

# ENTRIES=1e5 is a quick look
ENTRIES := 1e6

bench-verify: $(VENV)/dev.stamp
	@$(PY) -m benchmarks.verifying $(ENTRIES)

bench-steps: $(VENV)/bench.stamp
	@$(PY) -m benchmarks.steps $(SCALE)

bench-papers: $(VENV)/bench.stamp
	@$(PY) -m benchmarks.papers

# UPGRADE=--upgrade takes newer releases; without it the pins stay where they may
COMPILE := uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE)

lock: $(VENV)/dev.stamp
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH"; export PATH; set -e; \
	for part in base build postgres analytics; do $(COMPILE) requirements/$$part.in -o requirements/$$part.txt; done; \
	$(COMPILE) --no-deps requirements/statutes.in -o requirements/statutes.txt; \
	$(COMPILE) -c requirements/base.txt -c requirements/build.txt -c requirements/postgres.txt \
	    -c requirements/analytics.txt requirements/dev.in -o requirements/dev.txt; \
	$(COMPILE) -c requirements/dev.txt requirements/bench.in -o requirements/bench.txt; \
	python requirements/list_wheels.py

clean:
	@rm -rf $(VENV) demo-home build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
