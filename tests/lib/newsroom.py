"""What a newsroom's SQLite database holds, as JSON: python3 newsroom.py FILE. For tests of what was stored, beside those of what is shown."""

import datetime
import json
import sqlite3
import sys

db = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)
db.row_factory = sqlite3.Row
markup = {row['id']: row['markup'] for row in db.execute('SELECT id, markup FROM passage')}


def rows(sql, *values):
    return [dict(row) for row in db.execute(sql, values)]


def moment(seconds):
    return None if not seconds else datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat()[:19] + 'Z'


def body(number):
    return [(row['path'], row['attrs'], markup.get(row['passage_id'], ''))
            for row in db.execute('SELECT path, attrs, passage_id FROM body_passage WHERE body_id = ? ORDER BY pos', (number,))]


def story(row):
    blocks = body(row['body_id'])
    fields = {path[1:]: text for path, _, text in blocks if path.startswith('@')}
    meta = json.loads(db.execute('SELECT meta FROM revision WHERE id = ?', (row['revision_id'],)).fetchone()[0])
    date = f"/{row['year']:04d}/{row['month']:02d}/" if row['year'] else '/'
    return {
        'id': row['public_id'], 'lang': row['lang'], 'kind': row['kind'], 'status': row['status'], 'slug': row['slug'],
        'path': date + (row['slug'] or ''), 'published': moment(row['published_at']), 'updated': moment(row['updated_at']),
        'licence': row['licence'], 'canonical': row['canonical'], 'media_contact': row['media_contact'],
        'source': {'name': row['source_name'], 'url': row['source_url'], 'published': moment(row['source_at'])},
        'image': row['image_id'], 'original': row['original_id'], 'number': row['id'], 'extra': meta.get('extra'), 'fields': fields,
        'byline': [(r['role'], r['name']) for r in rows(
            'SELECT sp.role, p.name FROM story_person sp JOIN person p ON p.id = sp.person_id WHERE story_id = ? ORDER BY pos', row['id'])],
        'terms': [(r['vocabulary'], r['slug'], r['name']) for r in rows(
            'SELECT t.vocabulary, t.slug, (SELECT name FROM term_name n WHERE n.term_id = t.id LIMIT 1) AS name '
            'FROM story_term st JOIN term t ON t.id = st.term_id WHERE story_id = ? ORDER BY pos', row['id'])],
        'citations': [(r['url'], r['title']) for r in rows('SELECT url, title FROM citation WHERE story_id = ? ORDER BY pos', row['id'])],
        'notices': [r['notice'] for r in rows('SELECT notice FROM story_notice WHERE story_id = ? ORDER BY pos', row['id'])],
        'revisions': db.execute('SELECT COUNT(*) FROM revision WHERE story_id = ?', (row['id'],)).fetchone()[0],
        'body': [block for block in blocks if not block[0].startswith('@')],
    }


json.dump({
    'stories': [story(row) for row in db.execute("SELECT * FROM story WHERE kind <> 'page' ORDER BY id")],
    'people': rows('SELECT slug, name, job, url, email FROM person ORDER BY slug'),
    'terms': rows('SELECT vocabulary, slug FROM term ORDER BY vocabulary, slug'),
    'notices': [dict(row, body=body(row['body_id'])) for row in rows('SELECT slug, lang, kind, title, body_id FROM notice ORDER BY slug')],
    'settings': {row['name']: row['value'] for row in rows('SELECT name, value FROM setting')},
    'media': rows('SELECT id, mime, width, height, name FROM media ORDER BY id'),
    'revisions': db.execute('SELECT COUNT(*) FROM revision').fetchone()[0],
}, sys.stdout)
