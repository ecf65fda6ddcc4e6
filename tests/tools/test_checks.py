"""Each check of tools/check-rooms and tools/check-source fires on what it forbids, and stays quiet beside it."""

import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TABLE = (ROOT / 'docs/rooms/README.md').read_text(encoding='utf-8')


class Tree(unittest.TestCase):
	def run_on(self, tool, files):
		with tempfile.TemporaryDirectory() as folder:
			for name, text in {'docs/rooms/README.md': TABLE, **files}.items():
				path = pathlib.Path(folder, name)
				path.parent.mkdir(parents=True, exist_ok=True)
				path.write_text(text, encoding='utf-8')
			done = subprocess.run([ROOT / 'tools' / tool, folder], capture_output=True, text=True, check=False)
		self.assertEqual(done.stderr, '')
		return done

	def refuses(self, tool, files, *said):
		done = self.run_on(tool, files)
		self.assertEqual(done.returncode, 1, done.stdout)
		for text in said:
			self.assertIn(text, done.stdout)

	def accepts(self, tool, files):
		done = self.run_on(tool, files)
		self.assertEqual((done.returncode, done.stdout), (0, ''))


class CheckRooms(Tree):
	def test_a_room_may_include_itself_and_those_above(self):
		self.accepts('check-rooms', {'src/newsroom/a.c': '#include "newsroom/a.h"\n#include "text/body.h"\n#include <string.h>\n'})

	def test_a_room_below_is_refused_with_what_is_allowed(self):
		self.refuses('check-rooms', {'src/text/a.c': '\n#include "page/page.h"\n'},
			'src/text/a.c:2: text includes page; it may use only itself and base')

	def test_rooms_of_one_level_do_not_include_each_other(self):
		self.refuses('check-rooms', {'src/site/a.c': '#include "desk/a.h"\n'}, 'site includes desk')

	def test_an_include_in_a_comment_is_none(self):
		self.accepts('check-rooms', {'src/text/a.c': '/*\n#include "page/page.h"\n*/\n'})

	def test_an_include_names_its_room(self):
		self.refuses('check-rooms', {'src/text/a.c': '#include "body.h"\n'}, 'write it as "text/body.h"')

	def test_a_room_that_the_table_lacks_is_refused(self):
		self.refuses('check-rooms', {'src/attic/a.c': ''}, 'src/attic:1: the room attic is not in the table')

	def test_a_library_comes_in_through_its_owner(self):
		self.accepts('check-rooms', {'src/store/a.c': '#include <sqlite3.h>\n'})
		self.refuses('check-rooms', {'src/site/a.c': '#include <sqlite3.h>\n'}, 'site includes <sqlite3.h>, which belongs to store')
		self.refuses('check-rooms', {'src/http/a.c': '#include <glib.h>\n'}, 'which belongs to workers')

	def test_what_a_room_links_is_held_to_the_table(self):
		files = {'src/text/meson.build': "# dependencies: [page]\nlib = static_library('text', 'page.c',\n\tdependencies: [base, page])\n"}
		self.refuses('check-rooms', files, 'src/text/meson.build:3: text links page')

	def test_a_worker_uses_base_alone(self):
		self.accepts('check-rooms', {'workers/image.c': '#include "base/mem.h"\n#include <vips/vips.h>\n#include "frame.h"\n'})
		self.refuses('check-rooms', {'workers/image.c': '#include "store/db.h"\n'}, 'workers includes store')


class CheckSource(Tree):
	def c(self, text, name='src/text/a.c'):
		return {name: text}

	def test_a_clean_file_passes(self):
		self.accepts('check-source', self.c('/* strcpy(a, b); "SELECT a FROM b" */\n'
			'int f(void)\n{\n\tputs("strcpy(x)");\n\treturn snprintf(b, n, "%d" PRId64 "x", 1);\n}\n'))

	def test_a_long_function_is_refused_where_it_begins(self):
		body = '\tx++;\n' * 79
		self.refuses('check-source', self.c('int y;\nint f(int x)\n{\n' + body + '}\n'), 'src/text/a.c:3: f has 81 lines')
		self.accepts('check-source', self.c('int f(int x)\n{\n' + body[6:] + '}\n'))

	def test_a_long_table_is_no_function(self):
		self.accepts('check-source', self.c('static const int t[] = {\n' + '\t1,\n' * 100 + '};\n'))

	def test_a_long_python_function_is_refused(self):
		self.refuses('check-source', {'tools/x.py': 'def f():\n' + '\tpass\n' * 80}, 'tools/x.py:1: f has 81 lines')

	def test_the_layout_of_lines_is_looked_at(self):
		self.refuses('check-source', self.c('int x;' + ' ' * 150 + 'int y;\n'), 'src/text/a.c:1: 162 columns')
		self.refuses('check-source', self.c('\tint x; \n'), 'src/text/a.c:1: white space')
		self.refuses('check-source', self.c('int x;'), 'src/text/a.c:1: no line break')

	def test_a_long_file_is_refused(self):
		self.refuses('check-source', self.c('int x;\n' * 801), 'src/text/a.c:801: 801 lines')

	def test_a_crowded_folder_is_refused_and_a_pair_counts_once(self):
		pairs = {f'src/text/f{i}.{kind}': '' for i in range(20) for kind in 'ch'}
		self.accepts('check-source', pairs)
		self.refuses('check-source', {**pairs, 'src/text/g.c': ''}, 'src/text:1: 21 sources')

	def test_banned_functions_are_refused(self):
		for call in ('strcpy(a, b)', 'sprintf (a, "x")', 'strtok(a, b)', 'atoi(a)', 'system("ls")', 'localtime(t)', 'malloc(3)'):
			with self.subTest(call):
				self.refuses('check-source', self.c(f'void f(void)\n{{\n\t{call};\n}}\n'), f'src/text/a.c:3: {call.split("(")[0].strip()} ')

	def test_only_base_allocates(self):
		self.accepts('check-source', self.c('void *p = malloc(3);\n', 'src/base/mem.c'))

	def test_a_name_that_contains_a_banned_one_passes(self):
		self.accepts('check-source', self.c('void f(void)\n{\n\tmy_strcpy(a);\n\tp->malloc(3);\n}\n'))

	def test_a_format_that_is_no_literal_is_refused(self):
		self.refuses('check-source', self.c('void f(void)\n{\n\tprintf(text);\n}\n'), 'src/text/a.c:3: the format of printf is "text"')

	def test_formats_of_our_own_functions_are_known_from_their_prototypes(self):
		header = 'int bs_say(int a, const char *fmt, ...) BS_PRINTF(2, 3);\n'
		self.refuses('check-source', {'src/base/a.h': header, 'src/text/a.c': 'void f(void)\n{\n\tbs_say(g(1, 2), text);\n}\n'},
			'the format of bs_say is "text"')
		self.accepts('check-source', {'src/base/a.h': header, 'src/text/a.c': 'void f(void)\n{\n\tbs_say(g(1, 2), "a" BS_FMT);\n}\n'})

	def test_a_format_without_the_attribute_is_refused(self):
		self.refuses('check-source', {'src/base/a.h': 'int bs_say(const char *fmt, ...);\n'},
			'src/base/a.h:1: bs_say takes a format without BS_PRINTF')

	def test_what_is_written_is_not_cut_as_a_message_is(self):
		self.refuses('check-source', self.c('void f(void)\n{\n\tbs_buf_printf(&buf, BS_FMT, BS_ARG(g(a, 1)));\n}\n'),
			'src/text/a.c:3: bs_buf_printf with BS_ARG')
		self.accepts('check-source', self.c('void f(void)\n{\n\tbs_buf_printf(&buf, BS_FMT, BS_ALL(a));\n\tbs_fail(err, BS_ARG(a));\n}\n'))

	def test_sql_in_c_is_refused(self):
		for text in ('"SELECT a FROM b"', '"insert into b values (1)"', '"delete " "from b"', '"UPDATE b SET a = 1"', '"SELECT " "%s"'):
			with self.subTest(text):
				self.refuses('check-source', self.c(f'const char *q = {text};\n'), 'src/text/a.c:1: SQL in C')

	def test_english_that_begins_like_sql_passes(self):
		self.accepts('check-source', self.c('const char *q = "Select a language";\nconst char *r = "Update available, delete from home";\n'))

	def test_sql_run_from_a_variable_is_refused(self):
		self.refuses('check-source', self.c('void f(void)\n{\n\tsqlite3_exec(db, sql, 0, 0, 0);\n}\n'), 'sqlite3_exec runs "sql"')
		self.accepts('check-source', self.c('void f(void)\n{\n\tsqlite3_exec(db, "PRAGMA user_version", 0, 0, 0);\n}\n'))

	def test_a_foreign_type_in_a_header_is_refused(self):
		for name in ('GumboNode *n', 'sqlite3 *db', 'PGconn *c', 'struct MHD_Daemon *d', 'json_t *j', 'UChar *u', 'UErrorCode e', 'GString *s'):
			with self.subTest(name):
				self.refuses('check-source', self.c(f'void f({name});\n', 'src/text/a.h'), 'in a header')
		self.accepts('check-source', self.c('void f(uint8_t UINT_X, int GOOD); /* GumboNode */\n', 'src/text/a.h'))


unittest.main()
