/* data.c - the tree, and YAML into it; see data.h. libyaml comes in here and nowhere else. */
#include "syndicate/import/read/data.h"

#include <yaml.h>

#include "base/map.h"

struct bs_entry *bs_data_entry(const struct bs_data *map, struct bs_str key)
{
	if (map == NULL || map->kind != BS_DATA_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++) {
		if (bs_str_eq(map->entries[i].key, key))
			return &map->entries[i];
	}
	return NULL;
}

struct bs_data *bs_data_get(const struct bs_data *map, struct bs_str key)
{
	struct bs_entry *entry = bs_data_entry(map, key);

	return entry != NULL && entry->value->kind != BS_DATA_NONE ? entry->value : NULL;
}

struct bs_entry *bs_data_add(struct bs_arena *arena, struct bs_data *to, struct bs_str key, int line,
                             struct bs_data *value)
{
	BS_GROW(arena, to->entries, to->count, to->room, 8);
	to->entries[to->count] = (struct bs_entry){ .key = key, .line = line, .value = value };
	return &to->entries[to->count++];
}

struct reader {
	struct bs_arena *arena;
	struct bs_remarks *remarks;
	struct bs_err *err;
	yaml_parser_t parser;
	struct bs_map anchors; /* name -> value, once it is whole */
	int first_line;
	int depth;
	size_t nodes, max_nodes;
};

static int line_of(const struct reader *r, yaml_mark_t mark)
{
	return r->first_line + (int)mark.line;
}

/* libyaml's words are about tokens; people need to hear what to change. */
static enum bs_rc syntax_fault(struct reader *r)
{
	const char *problem = r->parser.problem != NULL ? r->parser.problem : "not YAML";
	const char *advice = "";

	if (strstr(problem, "mapping values are not allowed") != NULL)
		advice = "; a value that contains ': ' must stand in quotes";
	else if (strstr(problem, "cannot start any token") != NULL)
		advice = "; put the value in quotes, and indent with spaces, not tabs";
	else if (strstr(problem, "could not find expected ':'") != NULL)
		advice = "; write it as KEY: VALUE";
	else if (strstr(problem, "did not find expected key") != NULL)
		advice = "; a quote or a bracket is not closed, or the line is not indented like those around it";
	return bs_refuse(r->remarks, line_of(r, r->parser.problem_mark), r->err, BS_INVALID, "%s%s", problem, advice);
}

static enum bs_rc next_event(struct reader *r, yaml_event_t *event)
{
	if (yaml_parser_parse(&r->parser, event) != 1)
		return syntax_fault(r);
	return BS_OK;
}

static enum bs_rc new_value(struct reader *r, const yaml_event_t *event, enum bs_data_kind kind, struct bs_data **out)
{
	if (++r->nodes > r->max_nodes)
		return bs_refuse(r->remarks, line_of(r, event->start_mark), r->err, BS_LIMIT, "more than %zu values",
		                 r->max_nodes);
	*out = BS_NEW(r->arena, struct bs_data);
	(*out)->kind = kind;
	(*out)->line = line_of(r, event->start_mark);
	return BS_OK;
}

static bool means_nothing(struct bs_str s)
{
	return s.len == 0 || bs_str_eq(s, BS_STR("~")) || bs_str_eq_nocase(s, BS_STR("null"));
}

static struct bs_str scalar_text(struct reader *r, const yaml_event_t *event)
{
	return bs_arena_copy(r->arena, bs_str_n((const char *)event->data.scalar.value, event->data.scalar.length));
}

static void remember_anchor(struct reader *r, const yaml_char_t *anchor, struct bs_data *value)
{
	if (anchor != NULL)
		*bs_map_put(&r->anchors, bs_arena_copy(r->arena, bs_str_c((const char *)anchor))) = value;
}

static enum bs_rc read_node(struct reader *r, const yaml_event_t *event, struct bs_data **out);

static enum bs_rc read_scalar(struct reader *r, const yaml_event_t *event, struct bs_data **out)
{
	enum bs_rc rc = new_value(r, event, BS_DATA_TEXT, out);

	if (rc != BS_OK)
		return rc;
	(*out)->text = scalar_text(r, event);
	(*out)->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (!(*out)->quoted && means_nothing((*out)->text))
		(*out)->kind = BS_DATA_NONE;
	remember_anchor(r, event->data.scalar.anchor, *out);
	return BS_OK;
}

static enum bs_rc read_alias(struct reader *r, const yaml_event_t *event, struct bs_data **out)
{
	struct bs_str name = bs_str_c((const char *)event->data.alias.anchor);

	*out = bs_map_get(&r->anchors, name);
	if (*out != NULL)
		return BS_OK;
	return bs_refuse(r->remarks, line_of(r, event->start_mark), r->err, BS_INVALID,
	                 "*" BS_FMT " names nothing that is whole before it", BS_ARG(name));
}

static enum bs_rc read_key(struct reader *r, const yaml_event_t *event, const struct bs_data *map, struct bs_str *key)
{
	if (event->type != YAML_SCALAR_EVENT)
		return bs_refuse(r->remarks, line_of(r, event->start_mark), r->err, BS_INVALID,
		                 "a key must be plain text");
	if (map->count == BS_MAX_DATA_KEYS)
		return bs_refuse(r->remarks, line_of(r, event->start_mark), r->err, BS_LIMIT,
		                 "more than %d keys in one mapping", BS_MAX_DATA_KEYS);
	*key = scalar_text(r, event);
	return BS_OK;
}

/* A key that stands twice: the last counts, as other readers of YAML have it. */
static void put_entry(struct reader *r, struct bs_data *map, struct bs_str key, int line, struct bs_data *value)
{
	struct bs_entry *twin = map->kind == BS_DATA_MAP ? bs_data_entry(map, key) : NULL;

	if (twin == NULL) {
		bs_data_add(r->arena, map, key, line, value);
		return;
	}
	bs_remark(r->remarks, BS_REMARK_TEXT, line, key, BS_STR("this key stands twice; the last counts"));
	*twin = (struct bs_entry){ .key = key, .line = line, .value = value };
}

/* One entry of a list or map, whose first event is given. */
static enum bs_rc read_entry(struct reader *r, const yaml_event_t *first, struct bs_data *into)
{
	struct bs_str key = { 0 };
	struct bs_data *value = NULL;
	yaml_event_t event;
	int line = line_of(r, first->start_mark);
	enum bs_rc rc;

	if (into->kind == BS_DATA_LIST) {
		rc = read_node(r, first, &value);
	} else {
		rc = read_key(r, first, into, &key);
		if (rc != BS_OK)
			return rc;
		rc = next_event(r, &event);
		if (rc != BS_OK)
			return rc;
		rc = read_node(r, &event, &value);
		yaml_event_delete(&event);
	}
	if (rc == BS_OK)
		put_entry(r, into, key, line, value);
	return rc;
}

static enum bs_rc read_entries(struct reader *r, struct bs_data *into, yaml_event_type_t end)
{
	for (;;) {
		yaml_event_t event;
		bool ended;
		enum bs_rc rc = next_event(r, &event);

		if (rc != BS_OK)
			return rc;
		ended = event.type == end;
		if (!ended)
			rc = read_entry(r, &event, into);
		yaml_event_delete(&event);
		if (rc != BS_OK || ended)
			return rc;
	}
}

static enum bs_rc read_collection(struct reader *r, const yaml_event_t *event, struct bs_data **out)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	enum bs_rc rc = new_value(r, event, map ? BS_DATA_MAP : BS_DATA_LIST, out);

	if (rc != BS_OK)
		return rc;
	if (++r->depth > BS_MAX_DATA_DEPTH)
		return bs_refuse(r->remarks, (*out)->line, r->err, BS_LIMIT, "values nested more than %d deep",
		                 BS_MAX_DATA_DEPTH);
	rc = read_entries(r, *out, map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT);
	r->depth--;
	if (rc == BS_OK)
		remember_anchor(r, map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor, *out);
	return rc;
}

static enum bs_rc read_node(struct reader *r, const yaml_event_t *event, struct bs_data **out)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(r, event, out);
	case YAML_ALIAS_EVENT:
		return read_alias(r, event, out);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return read_collection(r, event, out);
	default:
		return bs_refuse(r->remarks, line_of(r, event->start_mark), r->err, BS_INVALID, "a value is missing");
	}
}

static enum bs_rc read_tree(struct bs_arena *arena, struct bs_str text, int first_line, size_t max_nodes,
                            struct bs_data **out, struct bs_remarks *remarks, struct bs_err *err)
{
	struct reader r = { .arena = arena, .remarks = remarks, .err = err, .anchors = BS_MAP(arena), .first_line = first_line,
		            .max_nodes = max_nodes };
	enum bs_rc rc = BS_OK;
	bool found = false, ended = false;

	*out = BS_NEW(arena, struct bs_data);
	(*out)->line = first_line;
	if (yaml_parser_initialize(&r.parser) != 1)
		return bs_fail(err, BS_IO, "libyaml could not start");
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.len > 0 ? text.ptr : ""), text.len);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	while (rc == BS_OK && !found && !ended) {
		yaml_event_t event;

		rc = next_event(&r, &event);
		if (rc != BS_OK)
			break;
		ended = event.type == YAML_STREAM_END_EVENT;
		found = !ended && event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT;
		if (found)
			rc = read_node(&r, &event, out);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&r.parser);
	return rc;
}

enum bs_rc bs_yaml_read(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_data **out,
                        struct bs_remarks *remarks, struct bs_err *err)
{
	return read_tree(arena, text, first_line, BS_MAX_DATA_NODES, out, remarks, err);
}

enum bs_rc bs_yaml_read_file(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_data **out,
                             struct bs_remarks *remarks, struct bs_err *err)
{
	return read_tree(arena, text, first_line, BS_MAX_FILE_NODES, out, remarks, err);
}
