"""No statement reads all of a large table, but for those that are there to do so.

SQLite's plans are looked at, on the schema without statistics: a newsroom has none until one of its connections happened to ask for them."""

import importlib.machinery
import importlib.util
import pathlib
import re
import sqlite3
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
loader = importlib.machinery.SourceFileLoader('sql_to_c', str(ROOT / 'tools/sql-to-c'))
sql_to_c = importlib.util.module_from_spec(importlib.util.spec_from_loader('sql_to_c', loader))
loader.exec_module(sql_to_c)
SQLITE = 0

# Tables that grow with every story, translation or reader.
LARGE = {'story', 'passage', 'body', 'body_passage', 'revision', 'address', 'listing', 'listing_part', 'story_person', 'story_term',
	'story_translation', 'translation', 'translation_entry', 'translation_offer', 'memory_gram', 'import_source', 'audit', 'search_terms',
	'remark', 'link'}
# An index with one value for nearly all of a table is as good as none: nearly every story is published.
HARDLY_SELECTIVE = re.compile(r'INDEX story_state_changed \(status=\?\)')

# A table of a statement, and what it is called there.
NAMED = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO) (\w+)(?: (?:AS )?(?!WHERE|JOIN|ON|ORDER|GROUP|LIMIT|SET|LEFT|CROSS|VALUES)(\w+))?')

# What reads much because it was asked for all, or at most as much as a page of it; and what is rare and changes much.
MEANT = {
	'desk-list-titles': 'in the order of its index, as many as are asked for',
	'revision-chain-head': 'the last one',
	'revision-signer': 'the last one; verify counts those of other keys',
	'revision-counts': 'verify counts everything',
	'story-walk-former': 'the export asks for every address that moved',
	'export-count': 'how many there are to export',
	'exchange-story-count': 'how many there are to exchange',
	'story-scheduled': 'few are',
	'term-used': 'asked when a term is to be removed',
	'term-merge-sections': 'two terms become one',
	'person-merge-authors': 'two people become one',
	# Views and unions in which the same letter stands for a person or a term elsewhere.
	'picture-uses': 't is term', 'translation-of-paper': 'p is person, t is term', 'paper-languages': 'p is person',
	'translate-refusals-of-paper': 't is term',
}


def plan_of(db, sql, params):
	"""The steps; a function of the program's own is only named here."""
	while True:
		try:
			return [row[3] for row in db.execute('EXPLAIN QUERY PLAN ' + sql, [None] * params)]
		except sqlite3.OperationalError as err:
			missing = re.fullmatch(r'no such function: (\w+)', str(err))
			if not missing:
				raise
			db.create_function(missing[1], -1, lambda *values: None)


def plans():
	"""(name, its tables by alias, steps of its plan) of every query that SQLite gets."""
	rooms = sorted(p.name for p in (ROOT / 'sql').iterdir() if p.is_dir())
	db = sqlite3.connect(':memory:')
	tables = {}
	for path in sorted((ROOT / 'sql').glob('[0-9][0-9][0-9]-*.sql')):
		for statement in sql_to_c.Migration(str(path)).sql(SQLITE, tables):
			db.execute(statement)
	queries = sql_to_c.collect_queries(str(ROOT / 'sql'), rooms)
	for query in queries:
		if query.sql[SQLITE] and query.sql[SQLITE].startswith('CREATE TABLE'):
			db.execute(query.sql[SQLITE])
	for query in queries:
		sql = query.sql[SQLITE]
		if sql is None or not re.match(r'(SELECT|WITH|INSERT|UPDATE|DELETE)\b', sql):
			continue
		aliases = {}
		for table, alias in NAMED.findall(sql):
			aliases.setdefault(alias or table, set()).add(table)
		yield query.name, aliases, plan_of(db, sql, query.params)


def readings(aliases, steps):
	"""Those of its steps that read all of a large table."""
	for step in steps:
		scan = re.match(r'SCAN (\w+)', step)
		part = 'USING INDEX story_dateless' in step # of about and contact alone
		if (scan and not part and aliases.get(scan[1], {scan[1]}) & LARGE) or HARDLY_SELECTIVE.search(step):
			yield step


class Plans(unittest.TestCase):
	def test_only_what_is_meant_to_reads_all_of_a_large_table(self):
		found = {name: list(readings(aliases, steps)) for name, aliases, steps in plans()}
		self.assertGreater(len(found), 300)
		found = {name: steps for name, steps in found.items() if steps}
		self.assertEqual({name: found[name] for name in found if name not in MEANT}, {})
		self.assertEqual(set(MEANT) - set(found), set(), 'no longer so: take them from the list')

	def test_a_reading_is_seen(self):
		self.assertEqual(list(readings({'s': {'story'}}, ['SCAN s', 'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)'])), ['SCAN s'])
		self.assertEqual(list(readings({'s': {'setting'}}, ['SCAN s'])), [])
		self.assertTrue(list(readings({}, ['SEARCH s USING COVERING INDEX story_state_changed (status=?)'])))


if __name__ == '__main__':
	unittest.main()
