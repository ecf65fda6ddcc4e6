/* confine.c - what the program may still do once it runs: compute.
 *
 * Opening files fails as if there were no permission, since libraries look for their settings and live without; sockets, other
 * programs and looking into other processes end it, since nothing honest asks for them here. The rest of the list is what
 * libvips, GLib and the C library were seen to need while they decode every format that is allowed. */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "image/image.h"

static const int needed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk),
	SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(setitimer), SCMP_SYS(alarm), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
	SCMP_SYS(getrusage), SCMP_SYS(sysinfo), SCMP_SYS(prctl), SCMP_SYS(eventfd2), SCMP_SYS(uname), SCMP_SYS(getuid),
	SCMP_SYS(geteuid), SCMP_SYS(set_tid_address), SCMP_SYS(membarrier), SCMP_SYS(sched_setscheduler), SCMP_SYS(sched_getattr),
	SCMP_SYS(sched_setattr), SCMP_SYS(setpriority), SCMP_SYS(getpriority),
};

/* As a kernel that has none: the C library then asks for clone, whose flags a filter can see. */
static const int missing[] = { SCMP_SYS(clone3) };

static const int fatal[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace), SCMP_SYS(socket), SCMP_SYS(connect),
	SCMP_SYS(bind), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(keyctl), SCMP_SYS(bpf),
};

static bool filter(void)
{
	scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ERRNO(EACCES));
	bool well = rules != NULL;

	for (size_t i = 0; well && i < BS_COUNT(needed); i++)
		well = seccomp_rule_add(rules, SCMP_ACT_ALLOW, needed[i], 0) == 0;
	for (size_t i = 0; well && i < BS_COUNT(fatal); i++)
		well = seccomp_rule_add(rules, SCMP_ACT_KILL_PROCESS, fatal[i], 0) == 0;
	for (size_t i = 0; well && i < BS_COUNT(missing); i++)
		well = seccomp_rule_add(rules, SCMP_ACT_ERRNO(ENOSYS), missing[i], 0) == 0;
	/* Threads, but no processes: CLONE_THREAD must be set. */
	well = well && seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0;
	well = well && seccomp_load(rules) == 0;
	if (rules != NULL)
		seccomp_release(rules);
	return well;
}

#ifdef __SANITIZE_ADDRESS__
/* It looks for leaks by tracing the process, which the filter does not let it. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif

static bool limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit current;

	if (getrlimit(what, &current) != 0)
		return false;
	if (current.rlim_max < most)
		most = current.rlim_max;
	return setrlimit(what, &(struct rlimit){ most, most }) == 0;
}

bool bs_image_confine(uint64_t memory_bytes)
{
	bool well = limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 16);

#ifndef __SANITIZE_ADDRESS__ /* whose shadow alone is larger than any limit */
	well = well && limit(RLIMIT_AS, memory_bytes);
#else
	(void)memory_bytes;
#endif
	well = well && prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter();
	if (!well)
		fprintf(stderr, "broadsheet-image: cannot give up its rights, so it does not start: %s\n", strerror(errno));
	return well;
}
