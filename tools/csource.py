"""What the checks of tools/ know about C: where comments and literals are, which functions a file has, how a call's
arguments part. It is no parser: it works on text in which comments and preprocessor lines are blanked out in place, so
that every offset and line number stays that of the file."""

import re

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DIRECTIVE = re.compile(r'^[ \t]*#(?:[^\n\\]|\\.)*(?:\\\n(?:[^\n\\]|\\.)*)*', re.M)
LITERALS = re.compile(r'"((?:\\.|[^"\\\n])*)"(?:\s*"((?:\\.|[^"\\\n])*)")*')


def blank(text):
	return re.sub(r'[^\n]', ' ', text)


def without_comments(text):
	"""Comments become spaces; literals stay."""
	return TOKEN.sub(lambda m: blank(m[0]) if m[0].startswith('/') else m[0], text)


def without_literals(text):
	"""The inside of literals becomes '_', so that their quotes still show where they are. Comments must be gone."""
	return TOKEN.sub(lambda m: m[0][0] + re.sub(r'[^\n]', '_', m[0][1:-1]) + m[0][-1], text)


def without_directives(text):
	return DIRECTIVE.sub(lambda m: blank(m[0]), text)


def line_of(text, offset):
	return text.count('\n', 0, offset) + 1


def closing(text, start):
	"""The offset of the bracket that closes the one at `start`, or -1. The text must be without literals."""
	depth = 0
	for i in range(start, len(text)):
		if text[i] in '([{':
			depth += 1
		elif text[i] in ')]}':
			depth -= 1
			if depth == 0:
				return i
	return -1


def functions(code):
	"""(name, first line, lines) of each function with a body; `code` is without comments, literals, directives."""
	found = []
	at = 0
	while True:
		at = code.find('{', at)
		if at < 0:
			return found
		end = closing(code, at)
		if end < 0:
			return found
		head = code[max(code.rfind(';', 0, at), code.rfind('}', 0, at)) + 1:at]
		if '=' not in head and head.rstrip().endswith(')'):
			name = re.search(r'(\w+)\s*\(', head)
			lines = code.count('\n', at, end) + 1
			found.append((name[1] if name else '?', line_of(code, at), lines))
		at = end + 1


def calls(text, code, names):
	"""(name, offset, arguments as written) of each call of one of the names. `code` is `text` without literals."""
	for match in re.finditer(r'\b(' + '|'.join(names) + r')\s*\(', code):
		end = closing(code, match.end() - 1)
		if end < 0:
			continue
		arguments, start, depth = [], match.end(), 0
		for i in range(match.end(), end):
			if code[i] in '([{':
				depth += 1
			elif code[i] in ')]}':
				depth -= 1
			elif code[i] == ',' and depth == 0:
				arguments.append(text[start:i].strip())
				start = i + 1
		arguments.append(text[start:end].strip())
		yield match[1], match.start(), arguments


def literals(text):
	"""(offset, content) of each run of adjacent string literals, joined. Comments and directives must be gone."""
	for match in LITERALS.finditer(text):
		yield match.start(), ''.join(re.findall(r'"((?:\\.|[^"\\\n])*)"', match[0]))
