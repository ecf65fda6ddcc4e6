"""The PO parser refuses what it should, with file and line; check-catalogues sees what a translator got wrong."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / 'tools'))
import catalogue  # noqa: E402

HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(name, text, before='#. For translators\n'):
	return f'{before}msgid "{name}"\nmsgstr "{text}"\n\n'


ENGLISH = (entry('a.by', 'By {names}') + entry('a.count', '{n, plural, one {# story} other {# stories}}')
	+ entry('a.found', '{n, plural, one {# story on {words}} other {# stories on {words}}}') + entry('a.end', 'The end is near.'))
GERMAN = {'a.by': 'Von {names}', 'a.count': '{n, plural, one {# Artikel} other {# Artikel}}',
	'a.found': '{n, plural, one {# Artikel zu {words}} other {# Artikel zu {words}}}', 'a.end': 'Das Ende ist nah.'}
RUSSIAN = {'a.by': '{names}', 'a.count': '{n, plural, one {# статья} few {# статьи} many {# статей} other {# статьи}}',
	'a.found': '{n, plural, one {# о {words}} few {# о {words}} many {# о {words}} other {# о {words}}}', 'a.end': 'Конец близок.'}


class Parsing(unittest.TestCase):
	def parse(self, text, code='en'):
		with tempfile.TemporaryDirectory() as folder:
			path = pathlib.Path(folder, f'{code}.po')
			path.write_bytes(text if isinstance(text, bytes) else text.encode())
			return catalogue.Catalogue(path)

	def refuses(self, text, line, said):
		with self.assertRaises(catalogue.CatalogueError) as caught:
			self.parse(text)
		self.assertIn(f'en.po:{line}: ', str(caught.exception))
		self.assertIn(said, str(caught.exception))

	def test_a_file_is_read_with_its_notes_and_marks(self):
		read = self.parse(HEADER.format('en') + entry('a.b', 'Text', '# any\n#. First\n#. second\n#, fuzzy\n'))
		message = read.messages['a.b']
		self.assertEqual((message.text, message.note, message.fuzzy, message.line), ('Text', 'First second', True, 10))

	def test_a_text_goes_on_over_lines(self):
		read = self.parse(HEADER.format('en') + 'msgid "a.b"\nmsgstr ""\n"one "\n"two"\n')
		self.assertEqual(read.messages['a.b'].text, 'one two')

	def test_what_is_no_po_is_refused_where_it_stands(self):
		head = HEADER.format('en')
		for text, line, said in (
			('', 1, 'no header'),
			('\ufeff' + head, 1, 'byte order mark'),
			(b'msgid ""\n\xff', 2, 'not UTF-8'),
			(head + 'msgctxt "x"\n', 6, 'neither a comment'),
			(head + 'msgid "a.b"\n\n', 7, 'without a msgstr'),
			(head + 'msgstr "x"\n', 6, 'without a msgid'),
			(head + '"x"\n', 6, 'continues nothing'),
			(head + 'msgid "a.b\n', 6, 'quotation marks'),
			(head + entry('a.b', 'say \\"x\\"'), 7, 'holds no backslash'),
			(head + '#~ msgid "x"\n', 6, 'obsolete'),
			(head + entry('A b', 'x'), 9, 'no message name'),
			(head + entry('a.b', 'x') + entry('a.b', 'y'), 11, 'stands first in line 7'),
			(HEADER.format('de'), 5, 'Language: de'),
		):
			with self.subTest(said):
				self.refuses(text, line, said)

	def test_what_is_no_pattern_is_refused_with_the_character(self):
		for text, said in (
			('a {', 'character 4: the name of a parameter is missing'),
			('a }', 'character 3: a } that closes nothing'),
			('{n, date}', '"date" is not known'),
			('{n, plural, one {x}}', 'needs the category "other"'),
			('{n, plural, some {x} other {y}}', '"some" is no plural category'),
			('{n, plural, one {x} one {z} other {y}}', 'here twice'),
			('{n, plural, other {y}', 'a plural category is missing'),
			('a <b>', 'markup'),
			('Don\'t', 'straight apostrophe'),
			('a\tb', 'no tab'),
		):
			with self.subTest(text):
				self.refuses(HEADER.format('en') + entry('a.b', text), 7, said)

	def test_a_pattern_becomes_a_tree(self):
		read = self.parse(HEADER.format('en') + entry('a.b', 'x {who} {n, plural, =0 {none} one {# of {who}} other {#}} {m, number}'))
		nodes = read.messages['a.b'].nodes
		self.assertEqual(nodes, ['x ', ('text', 'who'), ' ', ('plural', 'n', {'=0': ['none'], 'one': [('#',), ' of ', ('text', 'who')],
			'other': [('#',)]}), ' ', ('number', 'm')])
		self.assertEqual(catalogue.parameters(nodes), {'who': 'text', 'n': 'number', 'm': 'number'})


class Checking(unittest.TestCase):
	def run_check(self, texts, code='de', english=ENGLISH, options=('--only', 'de')):
		"""The tool on English and one other language, whose texts by name may also be whole entries."""
		with tempfile.TemporaryDirectory() as folder:
			pathlib.Path(folder, 'en.po').write_text(HEADER.format('en') + english, encoding='utf-8')
			if texts is not None:
				entries = (text if text.startswith('#') else entry(name, text) for name, text in texts.items())
				pathlib.Path(folder, f'{code}.po').write_text(HEADER.format(code) + ''.join(entries), encoding='utf-8')
			return subprocess.run([ROOT / 'tools/check-catalogues', *options, folder], capture_output=True, text=True, check=False)

	def refuses(self, name, text, said, code='de', others=None):
		"""A good catalogue but for the text of one message."""
		done = self.run_check({**(others or GERMAN), name: text}, code, options=('--only', code))
		self.assertEqual(done.returncode, 1, done.stdout)
		self.assertIn(said, done.stdout + done.stderr)
		self.assertIn(f'{code}.po:', done.stdout + done.stderr)

	def test_a_good_translation_passes(self):
		for code, texts in (('de', GERMAN), ('ru', RUSSIAN)):
			done = self.run_check(texts, code, options=('--only', code))
			self.assertEqual((done.returncode, done.stdout, done.stderr), (0, '', ''))

	def test_what_is_wrong_is_refused(self):
		for name, text, said in (
			('a.by', 'Von {name}', 'has the parameters {name}; in English it has {names}'),
			('a.by', 'Von', 'has the parameters none'),
			('a.by', 'Von {names', 'a , is missing here'),
			('a.nowhere', 'x', 'is not in en.po'),
			('a.count', '{n, plural, other {# Artikel}}', 'lacks the plural one'),
			('a.count', '{n, plural, =1 {ein Artikel} other {# Artikel}}', 'lacks the plural one'),
			('a.count', '{n, plural, one {x} few {# x} other {# Artikel}}', 'has the plural few, which de has not for whole numbers'),
			('a.count', '{n, plural, one {ein Artikel} other {Artikel}}', 'says no number (#) in the case other'),
			('a.found', '{n, plural, one {# Artikel} other {# Artikel zu {words}}}', 'has other parameters in the case one'),
			('a.by', '', '"a.by" is missing'),
			('a.by', entry('a.by', 'Von {names}', '#, fuzzy\n'), 'is marked fuzzy'),
			('a.by', 'Von  {names}', 'doubled'),
			('a.by', 'Vo\u0308n {names}', 'normal form C'),
			('a.end', 'The end is near.', 'is in English still'),
			('a.end', 'Das Ende ist nah', 'lacks the full stop'),
			('a.by', 'Von {names}.', 'ends in a full stop'),
		):
			with self.subTest(said):
				self.refuses(name, text, said)

	def test_a_case_that_stands_for_several_numbers_says_which(self):
		one = '{n, plural, one {одна статья} few {# статьи} many {# статей} other {# статьи}}'
		self.refuses('a.count', one, 'says no number (#) in the case one, which stands for several in ru', 'ru', RUSSIAN)
		self.assertEqual(self.run_check({**GERMAN, 'a.count': '{n, plural, one {ein Artikel} other {# Artikel}}'}).returncode, 0)

	def test_a_language_without_full_stops_is_held_to_all_the_rest(self):
		thai = {name: text.replace('one {# Artikel} ', '').replace('one {# Artikel zu {words}} ', '') for name, text in GERMAN.items()}
		thai['a.end'] = 'x'
		self.assertEqual(self.run_check(thai, 'th', options=('--only', 'th')).stdout, '')
		self.refuses('a.by', entry('a.by', '{names}', '#, fuzzy\n'), 'is marked fuzzy', 'th', thai)

	def test_a_message_or_a_language_that_is_missing_is_refused(self):
		done = self.run_check({name: text for name, text in GERMAN.items() if name != 'a.count'})
		self.assertEqual((done.returncode, done.stdout.count('is missing')), (1, 1))
		self.assertIn('de.po:1: "a.count" is missing', done.stdout)
		done = self.run_check(GERMAN, options=())
		self.assertEqual((done.returncode, done.stdout.count('there is no')), (1, 50))
		self.assertIn('there is no fr.po', done.stdout)
		self.assertIn('there is no de.po', self.run_check(None).stdout)

	def test_english_needs_a_note_for_each_message(self):
		done = self.run_check(None, english=entry('a.b', 'x', ''), options=())
		self.assertIn('"a.b" has no note to translators', done.stdout)

	def test_po_to_c_says_which_file_is_broken(self):
		with tempfile.TemporaryDirectory() as folder:
			pathlib.Path(folder, 'en.po').write_text(HEADER.format('en') + entry('a.b', '{'), encoding='utf-8')
			done = subprocess.run([ROOT / 'tools/po-to-c', folder, ROOT / 'src/lang/lang.h', *(f'{folder}/{n}' for n in ('h', 'c', 'd'))],
				capture_output=True, text=True, check=False)
		self.assertEqual(done.returncode, 1)
		self.assertRegex(done.stderr, r'po-to-c: .*en\.po:7: "a\.b", character 2: the name of a parameter is missing')


unittest.main()
