"""What tools/run-tests is made of: a queue of work that keeps every core busy, and what a part of the tests has found.

A piece of work is a build, a file of tests, a fuzzer. Pieces begin in the order of their places, below, whatever part they
are of, so that tests of one part run while another one is built. A piece may queue more: what tests a build comes into the
queue when the build is there."""

import concurrent.futures
import contextlib
import functools
import heapq
import itertools
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / 'build-logs'
CORES = max(2, os.cpu_count() or 2)

# Places in the queue. A piece begins when, with it, no more than so many of whatever kind run: a file of tests that waits
# leaves its core idle, so there is one more than cores; a fuzzer never waits; what measures has the machine to itself.
BUILD, FIRST, FILES, FUZZING, ALONE = range(5)
AT_ONCE = {BUILD: CORES, FIRST: CORES + 1, FILES: CORES + 1, FUZZING: CORES, ALONE: 1}
# Each build works on so many files at once.
BUILD_JOBS = max(1, CORES // 2)

SHOWN_LINES = 80
SHOWN_FAILURES = 20
SANITIZERS = {'ASAN_OPTIONS': 'detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1',
	'UBSAN_OPTIONS': 'print_stacktrace=1', 'CMOCKA_MESSAGE_OUTPUT': 'STDOUT'}


class Work:
	"""The queue."""

	def __init__(self):
		self.changed = threading.Condition()
		self.waiting = []
		self.running = 0
		self.numbers = itertools.count()

	def add(self, place, do, rank=0):
		"""Of one place, the lowest rank begins first, and of one rank what came first."""
		with self.changed:
			heapq.heappush(self.waiting, (place, rank, next(self.numbers), do))
			self.changed.notify_all()

	def take(self):
		"""The next piece when its turn has come; None when nothing is left, and nothing runs that could bring more."""
		with self.changed:
			while self.waiting or self.running:
				if self.waiting and self.running < AT_ONCE[self.waiting[0][0]]:
					self.running += 1
					return heapq.heappop(self.waiting)[-1]
				self.changed.wait()
			return None

	def take_all(self):
		while do := self.take():
			try:
				do()
			finally:
				with self.changed:
					self.running -= 1
					self.changed.notify_all()

	def run(self):
		at_once = max(AT_ONCE.values())
		with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
			for done in [pool.submit(self.take_all) for _ in range(at_once)]:
				done.result()


class Clock:
	"""Since when all runs, and what each command took: build-logs/times.txt, the longest first."""

	def __init__(self):
		self.began = time.monotonic()
		self.lock = threading.Lock()
		self.took = []

	def now(self):
		return time.monotonic() - self.began

	def note(self, part, command, took, worked):
		with self.lock:
			self.took.append((took, worked, part, command))

	def write(self):
		lines = [f'{took:7.1f} s {worked:7.1f} s of processor time   {part:8} {command}' for took, worked, part, command in
			sorted(self.took, reverse=True)]
		(LOGS / 'times.txt').write_text('\n'.join(lines) + '\n', encoding='utf-8')


class Part:
	"""What one part found: counts, and the log that tells. It is over when everything that it has queued has ended."""

	def __init__(self, name, floor, work, clock):
		self.name, self.floor, self.work, self.clock = name, floor, work, clock
		self.lock = threading.Lock()
		self.log = LOGS / f'{name}.log'
		self.passed = self.failed = self.skipped = 0
		self.worked = 0.0
		self.pending = 0
		self.log.write_text('')

	def add(self, passed=0, failed=0, skipped=0):
		with self.lock:
			self.passed += passed
			self.failed += failed
			self.skipped += skipped

	def note(self, text):
		with self.lock, self.log.open('a', encoding='utf-8') as file:
			file.write(text.rstrip('\n') + '\n')

	def expect(self):
		"""The part is not over before the end() of this."""
		with self.lock:
			self.pending += 1

	def end(self):
		with self.lock:
			self.pending -= 1
			over = self.pending == 0
		if over:
			self.report()

	def queue(self, place, do, *args, rank=0):
		"""do(self, *args), when its turn comes."""
		self.expect()
		self.work.add(place, functools.partial(self.turn, do, args), rank)

	def turn(self, do, args):
		try:
			do(self, *args)
		finally:
			self.end()

	def run(self, *command, limit=1800, env=None):
		"""Run, add the output to the log; (exit status, output). A command over its time counts as failed."""
		began = self.clock.now()
		with tempfile.TemporaryFile() as file:
			status, worked = spawn(command, file, limit, {**os.environ, **SANITIZERS, **(env or {})})
			file.seek(0)
			output = file.read().decode('utf-8', 'replace')
		if status == 124:
			output += f'\nstopped after {limit} seconds\n'
		with self.lock:
			self.worked += worked
		said = ' '.join([f'{name}={value}' for name, value in (env or {}).items()] + list(map(str, command)))
		self.clock.note(self.name, said, self.clock.now() - began, worked)
		self.note(f'$ {said}\n{output}')
		return status, output

	def check(self, *command, **options):
		"""A command that is one test."""
		status, _ = self.run(*command, **options)
		self.add(passed=status == 0, failed=status != 0)
		return status == 0

	def report(self):
		ran = self.passed + self.failed + self.skipped
		if ran < self.floor and not self.failed:
			self.note(f'{self.name} ran {ran} tests; tests/floor.txt says that there are {self.floor} at least. Where did they go?')
			self.add(failed=1)
		said = []
		if self.failed:
			lines = self.log.read_text(encoding='utf-8').splitlines()
			said = (failures(lines) or lines[-SHOWN_LINES:]) + [f'     (of {self.log.relative_to(ROOT)}, {len(lines)} lines)']
		if ran:
			said.append(f'{"FAIL" if self.failed else "ok":4} {self.name:8} {self.passed} passed, {self.failed} failed, {self.skipped} skipped'
				f'   {self.worked:.1f} s of processor time, over after {self.clock.now():.1f} s')
		sys.stdout.write('\n'.join([*said, '']))
		sys.stdout.flush()


def spawn(command, output, limit, env):
	"""(exit status, seconds of processor time) of a command and of all that it waited for; 124 when it had to be stopped."""
	late = threading.Event()
	process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=env)

	def stop():
		late.set()
		with contextlib.suppress(ProcessLookupError):
			os.kill(process.pid, signal.SIGKILL)

	timer = threading.Timer(limit, stop)
	timer.start()
	_, status, used = os.wait4(process.pid, 0)
	timer.cancel()
	process.returncode = os.waitstatus_to_exitcode(status)
	return 124 if late.is_set() else process.returncode, used.ru_utime + used.ru_stime


# Where a report of a failure begins and ends: a test of node (TAP), what a sanitizer or a fuzzer found.
REPORTS = [(re.compile(r'\s*not ok (?!.*# TODO)'), re.compile(r'\s*\.\.\.$')),
	(re.compile(r'==\d+== ?ERROR|.*: runtime error: '), re.compile(r'SUMMARY: .*Sanitizer|Base64: |\$ '))]


def failures(lines):
	"""What a log says of what failed, a list of lines."""
	shown = []
	for begins, ends in REPORTS:
		begin = None
		for i, line in enumerate(lines):
			if begin is not None and ends.match(line):
				shown.append(lines[begin:i + 1][:SHOWN_LINES])
				begin = None
			if begins.match(line):
				begin = i
		if begin is not None:
			shown.append(lines[begin:][:SHOWN_LINES])
	return [line for block in shown[:SHOWN_FAILURES] for line in block]
