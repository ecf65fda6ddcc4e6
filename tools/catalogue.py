"""Message catalogues: a strict reader of the PO files in locale/ and of the ICU MessageFormat patterns in them, shared by
po-to-c and check-catalogues.

A PO file may hold translator comments, msgid and msgstr, nothing else: no context, no plural forms (patterns choose their
own), no obsolete entries, no escapes but the header's \\n. The first error ends the reading, with file, line and column."""

import pathlib
import re

CATEGORIES = ('zero', 'one', 'two', 'few', 'many', 'other')
# The categories that whole numbers fall into (CLDR 42); a test compares with ICU. "other" always belongs to them, since it
# is what remains.
NEEDED = {
	'one few other': 'cs hr lt ro sk sr',
	'one two other': 'he',
	'zero one two few many other': 'ar',
	'other': 'id ja ko ms th vi zh-Hans zh-Hant',
	'one two few other': 'sl',
	'zero one other': 'lv',
	'one many other': 'ca es fr it pt',
	'one other': 'en az bg bn da de el eo et eu fa fi fil gl hi hu hy ka mk nb nl sv sw tr ur',
	'one few many other': 'be pl ru uk',
}
PLURALS = {code: categories.split() for categories, codes in NEEDED.items() for code in codes.split()}
# Where "one" is said of more numbers than 1 (of 0, 21, 101 …); a text for it cannot do without the number. In these
# languages, no category is one number's alone; in the others zero, one and two are. A test compares with ICU, too.
SHARED_ONE = 'be bn fa fil fr hi hr hy lt lv mk pt ru sl sr uk'.split()
NAME = re.compile(r'[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+')
PARAMETER = re.compile(r'[a-z][a-z_]*')
REFUSED = {'<': 'markup', '>': 'markup', '&': 'markup', '"': 'straight quotation mark; write “ and ” or the language’s own',
	"'": 'straight apostrophe; write ’', '\\': 'backslash', '\t': 'tab'}


class CatalogueError(Exception):
	def __init__(self, path, line, text):
		super().__init__(f'{path}:{line}: {text}')


class Message:
	"""One entry: its name, text, line, the note to translators, and whether it is marked fuzzy."""

	def __init__(self, name, text, line, note, fuzzy):
		self.name, self.text, self.line, self.note, self.fuzzy = name, text, line, note, fuzzy
		self.nodes = None


class Catalogue:
	def __init__(self, path):
		self.path = pathlib.Path(path)
		self.code = self.path.stem
		self.header = {}
		self.messages = {}
		try:
			text = self.path.read_bytes().decode('utf-8')
		except UnicodeDecodeError as fault:
			line = self.path.read_bytes()[:fault.start].count(b'\n') + 1
			raise CatalogueError(path, line, 'not UTF-8; save the file as UTF-8') from fault
		Reader(self).read(text)
		for message in self.messages.values():
			message.nodes = Pattern(self.path, message).parse()

	def add(self, message):
		if message.name in self.messages:
			first = self.messages[message.name].line
			raise CatalogueError(self.path, message.line, f'"{message.name}" is here again; it stands first in line {first}')
		self.messages[message.name] = message


class Reader:
	"""The lines of a PO file become entries."""

	def __init__(self, catalogue):
		self.catalogue = catalogue
		self.line = 0
		self.reset()

	def reset(self):
		self.note, self.fuzzy, self.name, self.text, self.started, self.target = [], False, None, None, 0, None

	def fail(self, text):
		raise CatalogueError(self.catalogue.path, self.line, text)

	def read(self, text):
		if text.startswith('\ufeff'):
			self.line = 1
			self.fail('begins with a byte order mark; save the file without')
		for self.line, line in enumerate(text.split('\n'), 1):
			self.read_line(line.rstrip('\r'))
		self.finish()
		if not self.catalogue.header:
			self.line = 1
			self.fail('has no header: the first entry is msgid "" with Language and Content-Type')

	def read_line(self, line):
		if line.startswith('#') or line == '':
			self.finish()
			self.read_comment(line)
		elif line.startswith('msgid '):
			self.finish()
			self.name, self.started, self.target = self.quoted(line[6:]), self.line, 'name'
		elif line.startswith('msgstr '):
			if self.target != 'name':
				self.fail('msgstr without a msgid before it')
			self.text, self.target = self.quoted(line[7:]), 'text'
		elif line.startswith('"'):
			if self.target is None:
				self.fail('a quoted line that continues nothing')
			setattr(self, self.target, getattr(self, self.target) + self.quoted(line))
		else:
			self.fail(f'"{line[:40]}" is neither a comment nor msgid, msgstr or a quoted line')

	def read_comment(self, line):
		if line.startswith(('#~', '#|')):
			self.fail('an obsolete entry; delete it')
		if line.startswith('#,'):
			self.fuzzy = self.fuzzy or 'fuzzy' in line
		if line.startswith('#.'):
			self.note.append(line[2:].strip())

	def quoted(self, text):
		match = re.fullmatch(r'"((?:[^"\\]|\\.)*)"\s*', text)
		if not match:
			self.fail('the text is not between quotation marks, or has one inside; write “ and ” there')
		return match[1]

	def finish(self):
		"""The end of an entry, if one has begun."""
		if self.target is None:
			return
		if self.target == 'name':
			self.fail('msgid without a msgstr behind it')
		if self.name == '':
			self.read_header()
		else:
			self.check_name()
			self.catalogue.add(Message(self.name, self.text, self.started, ' '.join(self.note), self.fuzzy))
		self.reset()

	def read_header(self):
		for field in self.text.split('\\n'):
			key, colon, value = field.partition(':')
			if colon:
				self.catalogue.header[key.strip()] = value.strip()
		if self.catalogue.header.get('Language') != self.catalogue.code:
			self.fail(f'the header says Language: {self.catalogue.header.get("Language")}; the file is called {self.catalogue.code}.po')
		if 'utf-8' not in self.catalogue.header.get('Content-Type', '').lower():
			self.fail('the header must say Content-Type: text/plain; charset=UTF-8')

	def check_name(self):
		if not NAME.fullmatch(self.name):
			self.fail(f'"{self.name}" is no message name; write it as page.what-it-says')


class Pattern:
	"""An ICU MessageFormat pattern becomes a list of nodes: text; ('text', name); ('number', name); ('#',);
	('plural', name, {selector: nodes})."""

	def __init__(self, path, message):
		self.path, self.message, self.text, self.at = path, message, message.text, 0

	def fail(self, text):
		raise CatalogueError(self.path, self.message.line, f'"{self.message.name}", character {self.at + 1}: {text}')

	def parse(self):
		nodes = self.parse_nodes(None)
		if self.at < len(self.text):
			self.fail('a } that closes nothing')
		return nodes

	def parse_nodes(self, plural):
		nodes = []
		while self.at < len(self.text) and self.text[self.at] != '}':
			char = self.text[self.at]
			if char in REFUSED or char < ' ':
				self.fail(f'a message holds no {REFUSED.get(char, "control character")}')
			if char == '{':
				nodes.append(self.parse_argument())
			elif char == '#' and plural:
				nodes.append(('#',))
				self.at += 1
			else:
				if nodes and isinstance(nodes[-1], str):
					nodes[-1] += char
				else:
					nodes.append(char)
				self.at += 1
		return nodes

	def parse_argument(self):
		self.at += 1
		name = self.word(PARAMETER, 'the name of a parameter')
		if self.take('}'):
			return ('text', name)
		self.need(',')
		kind = self.word(PARAMETER, 'number or plural')
		if kind == 'number':
			self.need('}')
			return ('number', name)
		if kind != 'plural':
			self.fail(f'"{kind}" is not known here; number and plural are')
		self.need(',')
		return ('plural', name, self.parse_cases())

	def parse_cases(self):
		cases = {}
		while not self.take('}'):
			selector = self.word(re.compile(r'=\d|[a-z]+'), 'a plural category')
			if not selector.startswith('=') and selector not in CATEGORIES:
				self.fail(f'"{selector}" is no plural category; these are: =0 … =9, {", ".join(CATEGORIES)}')
			if selector in cases:
				self.fail(f'the category "{selector}" is here twice')
			self.need('{')
			cases[selector] = self.parse_nodes(True)
			self.need('}')
		if 'other' not in cases:
			self.fail('a plural needs the category "other"')
		return cases

	def spaces(self):
		while self.text[self.at:self.at + 1] == ' ':
			self.at += 1

	def take(self, char):
		self.spaces()
		if self.text[self.at:self.at + 1] != char:
			return False
		self.at += 1
		return True

	def need(self, char):
		if not self.take(char):
			self.fail(f'a {char} is missing here')

	def word(self, shape, what):
		self.spaces()
		match = shape.match(self.text, self.at)
		if not match:
			self.fail(f'{what} is missing here')
		self.at = match.end()
		return match[0]


def parameters(nodes, found=None):
	"""The parameters in the order of their first mention: {name: 'text' or 'number'}."""
	found = {} if found is None else found
	for node in nodes:
		if isinstance(node, str) or node[0] == '#':
			continue
		kind = 'text' if node[0] == 'text' else 'number'
		if found.setdefault(node[1], kind) != kind:
			raise ValueError(f'{{{node[1]}}} stands for a text in one place and for a number in another')
		if node[0] == 'plural':
			for case in node[2].values():
				parameters(case, found)
	return found


def plurals(nodes):
	"""Every plural: (name of its number, {selector: nodes})."""
	for node in nodes:
		if not isinstance(node, str) and node[0] == 'plural':
			yield node[1], node[2]
			for case in node[2].values():
				yield from plurals(case)


def alone(code):
	"""The categories of a language that hold a single number."""
	return [] if code in SHARED_ONE else [category for category in PLURALS[code] if category in ('zero', 'one', 'two')]


def load(folder, only=None):
	"""Every catalogue of the folder, or English and `only`; English first, parameters of each message checked against it."""
	english = Catalogue(pathlib.Path(folder, 'en.po'))
	found = [english]
	for message in english.messages.values():
		check_parameters(english, message, message)
	for path in sorted(pathlib.Path(folder).glob('*.po')):
		if path.stem == 'en' or only not in (None, path.stem):
			continue
		catalogue = Catalogue(path)
		for message in catalogue.messages.values():
			if message.name not in english.messages:
				raise CatalogueError(path, message.line, f'"{message.name}" is not in en.po')
			check_parameters(catalogue, message, english.messages[message.name])
		found.append(catalogue)
	return found


def check_parameters(catalogue, message, english):
	try:
		mine, theirs = parameters(message.nodes), parameters(english.nodes)
	except ValueError as fault:
		raise CatalogueError(catalogue.path, message.line, f'"{message.name}": {fault}') from fault
	if message.text and mine != theirs:
		def listed(which):
			return ', '.join('{' + name + (', number}' if kind == 'number' else '}') for name, kind in which.items()) or 'none'
		raise CatalogueError(catalogue.path, message.line,
			f'"{message.name}" has the parameters {listed(mine)}; in English it has {listed(theirs)}')
