# SPDX-License-Identifier: GPL-2.0
# The verbs of the project; "make help" lists them. Kbuild lists the objects.

KDIR ?= /lib/modules/$(shell uname -r)/build
PREFIX ?= /usr/local
DESTDIR ?=
MODDIR = $(DESTDIR)/lib/modules/$(shell cat $(KDIR)/include/config/kernel.release)/updates

help:
	@echo 'For users:'
	@echo '  make demo       show the switch at work, in a VM'
	@echo '  make demo SCENARIO=NAME    one of examples/, in a VM'
	@echo '  make check      run every test on Debian 6.1 and 6.12, in VMs'
	@echo '  make all        build the module and vswctl for this machine'
	@echo '  make install    install them (as root), uninstall: remove them'
	@echo
	@echo 'For developers:'
	@echo '  make modules [KDIR=DIR]    only vsw.ko'
	@echo '  make tools                 only vswctl'
	@echo '  make check KERNEL=K        K: 6.1 6.12 6.1-rt 6.12-rt debug, or several'
	@echo '  make check TEST=NAME       one test; quote several'
	@echo '  make check-hosts           the examples with several hosts, each host a VM'
	@echo '  make check-static          compilers and checkers, no VM'
	@echo '  make bench                 what a frame costs, beside other switches: 20 minutes'
	@echo '  make bench CASES="vsw.* ovs.*"   some cases, see selftests/bench/cases'
	@echo '  make bench-instructions    the instructions of a frame, against those recorded'
	@echo '  make bench-cpus            what a second CPU gains, beside openvswitch.ko'
	@echo '  make bench-classifier      the tables without a cache, beside tuple space search'
	@echo '  make bench-publish         docs/performance.md from the newest results'
	@echo '  make vm [KERNEL=K]         a shell in the VM, module loaded'
	@echo '  make gen                   regenerate what comes from vsw.yaml'
	@echo '  make clean                 remove what was built in the tree'
	@echo
	@echo 'Kernels and results are kept in $${VSW_CACHE:-~/.cache/vsw}.'

all: modules tools

modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

tools:
	$(MAKE) -C userspace

deps:
	@selftests/vm/deps.sh

check: deps
	@selftests/vm/check.sh $(foreach t,$(TEST),-t $(t)) $(KERNEL)

check-hosts: deps
	@selftests/hosts.sh $(foreach k,$(KERNEL),-k $(k)) $(SCENARIO)

check-static: deps
	@.ci/static

# The patterns are for bench.sh, not for the shell.
bench:
	@selftests/vm/deps.sh selftests/bench/packages
	@set -f; selftests/bench/bench.sh $(CASES)

bench-instructions:
	@selftests/vm/deps.sh selftests/bench/packages
	@selftests/bench/instructions.sh $(if $(UPDATE),-u) $(CASES)

bench-cpus:
	@selftests/vm/deps.sh selftests/bench/packages
	@selftests/bench/cpus.sh

bench-classifier:
	@selftests/vm/deps.sh selftests/bench/packages
	@selftests/bench/classifier/run.sh

bench-publish:
	@selftests/bench/publish.sh $(RESULTS)

demo: deps
	@$(if $(wildcard examples/$(SCENARIO)/hosts.sh), \
		KERNEL=$(KERNEL) examples/$(SCENARIO)/hosts.sh, \
		selftests/vm/boot.sh -m 2048 -l $(or $(KERNEL),6.12) -- \
		$(if $(SCENARIO),examples/$(SCENARIO)/run.sh,selftests/demo.sh))

vm: deps
	@selftests/vm/boot.sh -l $(or $(KERNEL),6.12)

gen:
	@.ci/gen.sh

install: all
	install -D -m 644 vsw.ko $(MODDIR)/vsw.ko
	$(MAKE) -C userspace install PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)
	[ -n "$(DESTDIR)" ] || depmod

uninstall:
	rm -f $(MODDIR)/vsw.ko
	$(MAKE) -C userspace uninstall PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)
	[ -n "$(DESTDIR)" ] || depmod

clean:
	[ ! -d $(KDIR) ] || $(MAKE) -C $(KDIR) M=$(CURDIR) clean
	$(MAKE) -C userspace clean

.PHONY: help all modules tools deps check check-hosts check-static bench bench-instructions \
	bench-cpus bench-classifier bench-publish demo vm gen install uninstall clean
