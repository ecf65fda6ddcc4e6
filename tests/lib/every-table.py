"""Rows of a newsroom's SQLite database, for tests that move it: python3 every-table.py fill FILE, or dump FILE.

fill puts something into each table that is empty still, as the desk would, with what is hard to carry: NULL and '', bytes of
nothing and NUL bytes, the largest and the least number, letters of every plane. dump writes all rows of all tables as JSON.
"""

import json
import sqlite3
import sys

WORDS = 'Naïve 😀 \'quoted\' "twice"\n\ttab \\ back\u2028e\u0301\u202eend'
DERIVED = ('search',)

db = sqlite3.connect(sys.argv[2])
db.row_factory = sqlite3.Row


def tables():
    """Those that migrations declare; not those that SQLite keeps of an index."""
    names = [row['name'] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [name for name in names if not name.startswith('sqlite_') and name not in DERIVED
            and not any(name.startswith(f'{index}_') and name != 'search_text' and name != 'search_pending' for index in DERIVED)]


def columns(table):
    return [dict(row) for row in db.execute(f'PRAGMA table_info({table})')]


def value(table, column, refers, turn):
    """Of the turn's kind: 0 plain and full, 1 odd, 2 as empty as may be."""
    name, kind = column['name'], column['type']
    if name in refers:
        target, key = refers[name]
        rows = [row[0] for row in db.execute(f'SELECT {key} FROM {target} ORDER BY {key} DESC')]
        if turn == 2 and not column['notnull'] and not column['pk']:
            return None
        return rows[turn % len(rows)] if rows else None
    if kind == 'INTEGER':
        return (7 + turn, 2**63 - 1, -2**63)[turn]
    if kind == 'REAL':
        return (0.1, -0.0, 5e-324)[turn]
    if kind == 'BLOB':
        return (b'\x00\xff\x27\\' + table.encode(), b'\x00', b'')[turn]
    return (f'{table} {name}', WORDS, '')[turn]


def fill():
    empty = [name for name in tables() if not db.execute(f'SELECT 1 FROM {name} LIMIT 1').fetchone()]
    while empty:
        table = next(name for name in empty if not any(row['table'] in empty and row['table'] != name
                                                       for row in db.execute(f'PRAGMA foreign_key_list({name})')))
        empty.remove(table)
        refers = {row['from']: (row['table'], row['to']) for row in db.execute(f'PRAGMA foreign_key_list({table})')}
        names = [column['name'] for column in columns(table)]
        for turn in range(3):
            row = [turn + 1 if column['pk'] and column['name'] == 'id' else value(table, column, refers, turn) for column in columns(table)]
            db.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", row)
    db.execute('UPDATE media SET focus_x = id % 101, focus_y = 100 - id % 101')
    db.execute("UPDATE story_translation SET state = 'stale', hands = 3, approved = 2, stale = 1")
    db.commit()


def dump():
    out = {}
    for table in tables():
        key = ', '.join(column['name'] for column in sorted(columns(table), key=lambda c: c['pk']) if column['pk'])
        out[table] = [[bytes(cell).hex() if isinstance(cell, bytes) else repr(cell) for cell in row]
                      for row in db.execute(f'SELECT * FROM {table} ORDER BY {key}')]
    json.dump(out, sys.stdout)


{'fill': fill, 'dump': dump}[sys.argv[1]]()
