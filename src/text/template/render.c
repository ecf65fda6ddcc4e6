/* render.c - running a template's ops; see parts.h.
 *
 * A name is looked for from the innermost context outwards. Everything that a partial, parent or block needs to know of
 * where it stands is a chain of small structs on the C stack, whose depth BS_MAX_TEMPLATE_DEPTH bounds: the indentation,
 * and the arguments of the parents around it.
 *
 * Arguments: a block shows the argument of the outermost parent tag that has one for it, so that a page overrides what
 * a layout gives to its own layout. The content of an argument sees only the parents outside its own parent tag: its
 * blocks are places of the template in which it is written. */
#include "text/template/parts.h"

#include "base/limits.h"
#include "text/dict.h"
#include "text/out.h"

struct indent {
	const struct indent *outer;
	struct bs_str text;
};

struct args {
	const struct args *outer;
	const struct bs_template *template;
	uint32_t first, end; /* its ARG ops */
};

struct frame {
	const struct bs_template *template;
	const struct indent *indent; /* NULL: none */
	const struct args *args;
};

struct run {
	struct bs_buf *out;
	const struct bs_value *stack[BS_MAX_TEMPLATE_DEPTH + BS_MAX_CONTEXTS];
	unsigned height; /* of the stack */
	unsigned level;  /* sections, partials and blocks entered */
	uint64_t steps;  /* ops begun */
	struct bs_common *common;  /* NULL: none */
	struct bs_record *record;  /* of the partial that may become common; NULL: none is being printed */
	const char *why; /* it ends before the end */
	enum bs_rc rc;
	struct bs_err *err;
};

static const struct bs_value NOTHING;

static void run_ops(struct run *run, const struct frame *frame, uint32_t at, uint32_t end);

/* Run a body one level deeper. Over a limit, `why` says so and the op that wanted in words the error (run_ops). */
static void enter(struct run *run, const struct frame *frame, uint32_t at, uint32_t end)
{
	if (at >= end)
		return;
	run->steps += end - at;
	if (run->level == BS_MAX_TEMPLATE_DEPTH)
		run->why = "sections and partials nest too deep here; does a partial include itself without end?";
	else if (run->steps > BS_MAX_TEMPLATE_STEPS)
		run->why = "this page takes too many steps; do partials include each other over and over?";
	if (run->why != NULL || run->out->failed)
		return;
	run->level++;
	run_ops(run, frame, at, end);
	run->level--;
}

/* --- Looking up --- */

/* With something common the stack begins with its values and the page's own view. */
enum { COMMON_CONTEXTS = 2 };

static void note(struct bs_record *record, unsigned at, uint16_t name)
{
	if (at == 0)
		bs_record_note(record, name);
	else if (at < COMMON_CONTEXTS)
		record->own = true;
}

static const struct bs_value *find(const struct run *run, uint16_t name)
{
	for (unsigned at = run->height; at-- > 0;) {
		const struct bs_value *value;
		if (run->stack[at]->kind != BS_VALUE_DICT || (value = bs_dict_look(run->stack[at]->dict, name)) == NULL)
			continue;
		if (run->record != NULL)
			note(run->record, at, name);
		return value;
	}
	if (run->record != NULL)
		run->record->own = true;
	return &NOTHING;
}

static const struct bs_value *innermost(const struct run *run)
{
	if (run->record != NULL && run->height == COMMON_CONTEXTS)
		run->record->own = true;
	return run->height > 0 ? run->stack[run->height - 1] : &NOTHING;
}

/* The value that an op names; `rest` are the parts behind the first. */
static const struct bs_value *value_of(const struct run *run, const struct bs_op *op, const uint16_t *rest)
{
	const struct bs_value *value;

	if (op->parts == 0)
		return innermost(run);
	value = find(run, op->name);
	for (unsigned part = 1; part < op->parts; part++) {
		if (value->kind != BS_VALUE_DICT || (value = bs_dict_look(value->dict, rest[part - 1])) == NULL)
			return &NOTHING;
	}
	return value;
}

/* --- Printing --- */

static void put_indent(struct bs_buf *out, const struct indent *indent)
{
	if (indent->outer != NULL)
		put_indent(out, indent->outer);
	bs_buf_put(out, indent->text);
}

/* Lines with nothing on them stay so. */
static bool blank_line(struct bs_str text)
{
	return text.len > 0 && (text.ptr[0] == '\n' || (text.len > 1 && text.ptr[0] == '\r' && text.ptr[1] == '\n'));
}

static void put_indented(struct run *run, const struct frame *frame, const struct bs_op *op)
{
	struct bs_str rest = bs_str_n(frame->template->blob + op->at, op->end);
	bool line = op->line;

	do {
		size_t broken = bs_str_find_byte(rest, '\n', 0);
		size_t len = broken == SIZE_MAX ? rest.len : broken + 1;
		if (line && !blank_line(rest))
			put_indent(run->out, frame->indent);
		bs_buf_put(run->out, bs_str_n(rest.ptr, len));
		rest = bs_str_sub(rest, len, SIZE_MAX);
		line = true;
	} while (rest.len > 0);
}

static void print(struct bs_buf *out, const struct bs_value *value, bool raw)
{
	switch ((enum bs_value_kind)value->kind) {
	case BS_VALUE_TEXT:
		if (raw) /* safe as far as the theme's author says so, who asked for it */
			bs_out_raw(out, bs_str_n(value->text, value->len));
		else
			bs_out_attr(out, bs_str_n(value->text, value->len));
		break;
	case BS_VALUE_MARKUP: /* safe by its kind */
	case BS_VALUE_NUMBER: /* digits, sign, point, 'e' */
		bs_out_raw(out, bs_str_n(value->text, value->len));
		break;
	case BS_VALUE_INT:
		bs_out_int(out, value->integer);
		break;
	case BS_VALUE_BOOL:
		bs_buf_put(out, value->boolean ? BS_STR("true") : BS_STR("false"));
		break;
	case BS_VALUE_CALL:
		value->call->write(value->call, out);
		break;
	case BS_VALUE_NULL:
	case BS_VALUE_LIST:
	case BS_VALUE_DICT:
		break;
	}
}

/* --- Sections --- */

static void run_section(struct run *run, const struct frame *frame, uint32_t at)
{
	const struct bs_op *op = &frame->template->ops[at];
	const struct bs_value *value = value_of(run, op, frame->template->paths + op->at);
	const struct bs_value *items = value;
	uint32_t count = 1;

	if (!bs_value_true(value))
		return;
	if (value->kind == BS_VALUE_LIST) {
		items = value->items;
		count = value->len;
	}
	run->height++; /* there is room: each level adds one at most */
	for (uint32_t item = 0; item < count && run->why == NULL; item++) {
		run->stack[run->height - 1] = &items[item];
		enter(run, frame, at + 1, op->end);
	}
	run->height--;
}

static void run_inverted(struct run *run, const struct frame *frame, uint32_t at)
{
	const struct bs_op *op = &frame->template->ops[at];

	if (!bs_value_true(value_of(run, op, frame->template->paths + op->at)))
		enter(run, frame, at + 1, op->end);
}

/* --- Partials, parents, blocks --- */

/* The indentation inside an include that stands in `frame`; `made` is room for one more link. */
static const struct indent *indent_within(const struct frame *frame, const struct bs_include *include, struct indent *made)
{
	if (!include->own_line)
		return NULL;
	if (include->indent.len == 0)
		return frame->indent;
	*made = (struct indent){ frame->indent, include->indent };
	return made;
}

static const struct bs_template *target_of(const struct run *run, const struct frame *frame, const struct bs_op *op)
{
	const struct bs_include *include = &frame->template->includes[op->at];
	const struct bs_value *name;

	if (!include->dynamic)
		return include->target;
	name = value_of(run, op, frame->template->paths + include->rest);
	if (name->kind != BS_VALUE_TEXT && name->kind != BS_VALUE_MARKUP)
		return NULL;
	return bs_templates_find(frame->template->set, bs_str_n(name->text, name->len));
}

/* A partial that stands in no section: common to other pages, unless it reads what is this page's own. */
static void run_common(struct run *run, const struct frame *frame)
{
	struct bs_record record = { .count = 0 };
	size_t before = run->out->len;

	if (bs_common_put(run->common, frame->template, run->stack[1]->dict, run->out))
		return;
	run->record = &record;
	enter(run, frame, 0, frame->template->op_count);
	run->record = NULL;
	if (run->why == NULL && !run->out->failed)
		bs_common_keep(run->common, frame->template, &record, bs_str_sub(bs_buf_str(run->out), before, SIZE_MAX));
}

static void run_include(struct run *run, const struct frame *frame, uint32_t at)
{
	const struct bs_op *op = &frame->template->ops[at];
	struct indent made;
	struct args args = { frame->args, frame->template, at + 1, op->end };
	struct frame inner = { target_of(run, frame, op), NULL, op->kind == BS_OP_PARENT ? &args : frame->args };

	if (inner.template == NULL)
		return;
	inner.indent = indent_within(frame, &frame->template->includes[op->at], &made);
	if (run->common != NULL && run->height == COMMON_CONTEXTS && run->record == NULL && op->kind == BS_OP_PARTIAL && inner.indent == NULL)
		run_common(run, &inner);
	else
		enter(run, &inner, 0, inner.template->op_count);
}

/* The outermost argument for this block; its index in args->template->ops, or 0: no argument is the first op. */
static uint32_t find_argument(struct run *run, const struct args **args, uint16_t name)
{
	const struct args *found = NULL;
	uint32_t index = 0;

	for (const struct args *at = *args; at != NULL; at = at->outer) {
		for (uint32_t op = at->first; op < at->end; op = at->template->ops[op].end) {
			run->steps++;
			if (at->template->ops[op].name == name) {
				found = at;
				index = op;
			}
		}
	}
	*args = found;
	return index;
}

static void run_block(struct run *run, const struct frame *frame, uint32_t at)
{
	const struct bs_op *op = &frame->template->ops[at];
	const struct bs_include *include = &frame->template->includes[op->at];
	const struct args *args = frame->args;
	uint32_t argument = find_argument(run, &args, op->name);
	struct frame inner;
	struct indent made;

	if (run->record != NULL) /* what stands here depends on who includes it */
		run->record->own = true;
	if (argument == 0) {
		enter(run, frame, at + 1, op->end);
		return;
	}
	inner = (struct frame){ args->template, indent_within(frame, include, &made), args->outer };
	enter(run, &inner, argument + 1, args->template->ops[argument].end);
}

/* --- Ops --- */

static void run_op(struct run *run, const struct frame *frame, uint32_t at)
{
	const struct bs_op *op = &frame->template->ops[at];

	switch ((enum bs_op_kind)op->kind) {
	case BS_OP_VALUE:
	case BS_OP_RAW:
		print(run->out, value_of(run, op, frame->template->paths + op->at), op->kind == BS_OP_RAW);
		break;
	case BS_OP_SECTION:
		run_section(run, frame, at);
		break;
	case BS_OP_INVERTED:
		run_inverted(run, frame, at);
		break;
	case BS_OP_PARTIAL:
	case BS_OP_PARENT:
		run_include(run, frame, at);
		break;
	case BS_OP_BLOCK:
		run_block(run, frame, at);
		break;
	case BS_OP_TEXT:
	case BS_OP_ARG: /* met by its parent, never here */
		break;
	}
}

/* The innermost op words the error. */
static void fail_at(struct run *run, const struct bs_template *template, uint32_t op)
{
	if (run->rc == BS_OK)
		run->rc = bs_template_fault(run->err, BS_LIMIT, template->file, template->places[op], "%s", run->why);
}

static void run_ops(struct run *run, const struct frame *frame, uint32_t at, uint32_t end)
{
	const struct bs_op *ops = frame->template->ops;

	while (at < end) {
		const struct bs_op *op = &ops[at];
		if (op->kind == BS_OP_TEXT && frame->indent != NULL) {
			put_indented(run, frame, op);
		} else if (op->kind == BS_OP_TEXT) {
			bs_buf_put(run->out, bs_str_n(frame->template->blob + op->at, op->end));
		} else {
			if (op->line && frame->indent != NULL)
				put_indent(run->out, frame->indent);
			run_op(run, frame, at);
			if (run->why != NULL)
				break;
		}
		at = op->kind >= BS_OP_SECTION && op->kind != BS_OP_PARTIAL ? op->end : at + 1;
	}
	if (run->why != NULL)
		fail_at(run, frame->template, at);
}

static enum bs_rc render(const struct bs_template *template, struct bs_common *common, const struct bs_value *contexts, size_t count,
                         struct bs_buf *out, struct bs_err *err)
{
	struct frame frame = { .template = template };
	struct run run;

	/* The stack is filled as it grows: clearing half a kilobyte would cost more than a short template. */
	run.out = out;
	run.height = (unsigned)count;
	run.level = 0;
	run.steps = 0;
	run.common = common;
	run.record = NULL;
	run.why = NULL;
	run.rc = BS_OK;
	run.err = err;
	for (size_t at = 0; at < count; at++)
		run.stack[at] = &contexts[at];
	enter(&run, &frame, 0, template->op_count);
	return run.rc == BS_OK ? bs_buf_check(out, "rendered page", err) : run.rc;
}

enum bs_rc bs_template_render(const struct bs_template *template, const struct bs_value *contexts, size_t count,
                              struct bs_buf *out, struct bs_err *err)
{
	if (count > BS_MAX_CONTEXTS)
		return bs_fail(err, BS_LIMIT, "a template was given %zu contexts; it takes %d", count, BS_MAX_CONTEXTS);
	return render(template, NULL, contexts, count, out, err);
}

enum bs_rc bs_template_render_common(const struct bs_template *template, struct bs_common *common, const struct bs_dict *view,
                                     struct bs_buf *out, struct bs_err *err)
{
	const struct bs_value contexts[COMMON_CONTEXTS] = { bs_value_dict(bs_common_values(common)), bs_value_dict(view) };

	return render(template, common, contexts, COMMON_CONTEXTS, out, err);
}
