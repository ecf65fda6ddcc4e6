/* check.c - findings for theme makers: what renders as nothing because it is not there. See template.h. */
#include "base/map.h"
#include "text/near.h"
#include "text/template/parts.h"

struct check {
	struct bs_arena *arena;
	const struct bs_templates *set;
	const struct bs_symbols *known;
	struct bs_template_finding *list;
	size_t count, room;
};

static struct bs_str did_you_mean(struct check *check, const struct bs_near *near)
{
	return near->best.len > 0 ? bs_arena_printf(check->arena, "; did you mean '" BS_FMT "'?", BS_ALL(near->best))
	                          : BS_STR("");
}

static void finding(struct check *check, const struct bs_template *template, uint32_t op, struct bs_str text)
{
	BS_GROW(check->arena, check->list, check->count, check->room, 16);
	check->list[check->count++] = (struct bs_template_finding){ .file = template->file,
		.line = template->places[op].line, .column = template->places[op].column, .text = text };
}

static void missing_partial(struct check *check, const struct bs_template *template, uint32_t op, struct bs_str name)
{
	struct bs_near near = bs_near_to(name);

	for (const struct bs_template *other = bs_templates_first(check->set); other != NULL; other = other->next)
		bs_near_try(&near, other->name);
	finding(check, template, op, bs_arena_printf(check->arena, "there is no template '" BS_FMT "'" BS_FMT, BS_ALL(name),
	                                             BS_ALL(did_you_mean(check, &near))));
}

static void check_name(struct check *check, const struct bs_template *template, uint32_t op, uint16_t symbol)
{
	struct bs_str name = bs_symbols_name(bs_templates_symbols(check->set), symbol);
	struct bs_near near = bs_near_to(name);

	if (bs_symbols_find(check->known, name) != 0)
		return;
	for (uint16_t id = 1; id <= bs_symbols_count(check->known) && id != 0; id++)
		bs_near_try(&near, bs_symbols_name(check->known, id));
	finding(check, template, op, bs_arena_printf(check->arena, "nothing is called '" BS_FMT "'" BS_FMT, BS_ALL(name),
	                                             BS_ALL(did_you_mean(check, &near))));
}

static void check_names(struct check *check, const struct bs_template *template, uint32_t op, uint32_t rest)
{
	uint32_t parts = template->ops[op].parts;

	if (parts > 0)
		check_name(check, template, op, template->ops[op].name);
	for (uint32_t part = 1; part < parts; part++)
		check_name(check, template, op, template->paths[rest + part - 1]);
}

/* Look for blocks in a template and all that it includes. False when that cannot be known: a name is dynamic. */
static bool try_blocks(struct check *check, const struct bs_template *template, struct bs_map *seen, struct bs_near *near)
{
	bool known = true;

	if (template == NULL || bs_map_get(seen, template->name) != NULL)
		return true;
	*bs_map_put(seen, template->name) = check;
	for (uint32_t at = 0; at < template->op_count; at++) {
		const struct bs_op *op = &template->ops[at];
		if (op->kind == BS_OP_BLOCK)
			bs_near_try(near, bs_symbols_name(bs_templates_symbols(check->set), op->name));
	}
	for (uint32_t at = 0; at < template->include_count; at++)
		known = known && !template->includes[at].dynamic && try_blocks(check, template->includes[at].target, seen, near);
	return known;
}

/* An argument that no block of the parent takes. */
static void check_arguments(struct check *check, const struct bs_template *template, uint32_t parent)
{
	const struct bs_op *ops = template->ops;
	const struct bs_include *include = &template->includes[ops[parent].at];

	for (uint32_t at = parent + 1; at < ops[parent].end && include->target != NULL; at = ops[at].end) {
		struct bs_str name = bs_symbols_name(bs_templates_symbols(check->set), ops[at].name);
		struct bs_near near = bs_near_to(name);
		struct bs_map seen = BS_MAP(check->arena);
		if (try_blocks(check, include->target, &seen, &near) && near.distance > 0)
			finding(check, template, at, bs_arena_printf(check->arena, "'" BS_FMT "' has no block '" BS_FMT "'" BS_FMT,
			        BS_ALL(include->name), BS_ALL(name), BS_ALL(did_you_mean(check, &near))));
	}
}

static void check_op(struct check *check, const struct bs_template *template, uint32_t at)
{
	const struct bs_op *op = &template->ops[at];

	switch ((enum bs_op_kind)op->kind) {
	case BS_OP_VALUE:
	case BS_OP_RAW:
	case BS_OP_SECTION:
	case BS_OP_INVERTED:
		check_names(check, template, at, op->at);
		break;
	case BS_OP_PARTIAL:
	case BS_OP_PARENT:
		if (template->includes[op->at].dynamic)
			check_names(check, template, at, template->includes[op->at].rest);
		else if (template->includes[op->at].target == NULL)
			missing_partial(check, template, at, template->includes[op->at].name);
		if (op->kind == BS_OP_PARENT)
			check_arguments(check, template, at);
		break;
	case BS_OP_TEXT:
	case BS_OP_ARG:
	case BS_OP_BLOCK:
		break;
	}
}

void bs_templates_check(struct bs_arena *arena, const struct bs_templates *set, const struct bs_symbols *known,
                        struct bs_template_finding **out, size_t *count)
{
	struct check check = { .arena = arena, .set = set, .known = known };

	for (const struct bs_template *template = bs_templates_first(set); template != NULL; template = template->next) {
		for (uint32_t op = 0; op < template->op_count; op++)
			check_op(&check, template, op);
	}
	*out = check.list;
	*count = check.count;
}
