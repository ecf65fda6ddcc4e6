/* command.c - any program that reads lines and writes lines, one passage each: `trans -b en:es`, a script round a model. It is started
 * once for each pair of languages and stays; it must write a line for every line, at once (not only when its input ends). */
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "translate/engine/kind.h"
#include "worker/process.h"
#include "translate/engine/tagged.h"

enum { PAIRS = 8, ANSWER_MAX = 64 * 1024 * 1024 };

struct pair {
	const struct bs_lang *from, *to;
	struct bs_process *process;
	int64_t used_at;
};

struct command {
	char line[BS_ENGINE_TEXT];
	int seconds;
	struct pair pairs[PAIRS];
};

static struct bs_str filled_in(struct bs_arena *arena, struct bs_str word, const struct bs_engine_batch *batch)
{
	struct bs_buf out = BS_BUF(BS_ENGINE_TEXT * 4);
	struct bs_str made;

	while (word.len > 0) {
		bool from = bs_str_starts(word, BS_STR("{from}")), to = bs_str_starts(word, BS_STR("{to}"));
		if (from || to)
			bs_buf_put(&out, from ? batch->from->code : batch->to->code);
		else
			bs_buf_putc(&out, word.ptr[0]);
		word = bs_str_sub(word, from ? 6 : to ? 4 : 1, SIZE_MAX);
	}
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

/* Words of the line between spaces; no shell looks at it. */
static enum bs_rc start(struct command *command, struct bs_arena *arena, const struct bs_engine_batch *batch, struct bs_process **out,
                        struct bs_err *err)
{
	struct bs_program *program = BS_NEW(arena, struct bs_program);
	struct bs_str rest = bs_str_c(command->line), word;
	size_t count = 0;

	while (rest.len > 0 && bs_str_split(&rest, ' ', &word) && count + 1 < BS_PROCESS_ARGS) {
		if (word.len > 0)
			program->args[count++] = filled_in(arena, word, batch).ptr;
	}
	/* It may be the very program that asks another machine. */
	return bs_process_start(&(struct bs_process_options){ .nobody = true, .programs = program, .count = 1, .network = true }, out, err);
}

static struct pair *pair_for(struct command *command, const struct bs_engine_batch *batch)
{
	struct pair *oldest = &command->pairs[0];

	for (size_t i = 0; i < PAIRS; i++) {
		struct pair *one = &command->pairs[i];
		if (one->process != NULL && one->from == batch->from && one->to == batch->to)
			return one;
		if (one->used_at < oldest->used_at)
			oldest = one;
	}
	bs_process_free(&oldest->process);
	*oldest = (struct pair){ .from = batch->from, .to = batch->to };
	return oldest;
}

static void write_lines(struct bs_buf *out, const struct bs_engine_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		size_t from = out->len;
		bs_tagged_write(out, &batch->list[i].pieces);
		for (size_t at = from; at < out->len; at++) {
			if (out->data[at] == '\n' || out->data[at] == '\r')
				out->data[at] = ' ';
		}
		bs_buf_putc(out, '\n');
	}
}

static enum bs_rc translate(void *state, struct bs_arena *arena, struct bs_engine_batch *batch, struct bs_err *err)
{
	struct command *command = state;
	struct pair *pair = pair_for(command, batch);
	struct bs_buf in = BS_BUF(ANSWER_MAX), out = BS_BUF(ANSWER_MAX);
	struct bs_str answer, line;
	enum bs_rc rc;

	write_lines(&in, batch);
	rc = bs_buf_check(&in, "a batch for the command", err);
	if (rc == BS_OK && pair->process == NULL)
		rc = start(command, arena, batch, &pair->process, err);
	if (rc == BS_OK)
		rc = bs_process_exchange(pair->process, bs_buf_str(&in), '\n', batch->count, command->seconds, &out, err);
	pair->used_at = bs_monotonic_usec();
	answer = bs_buf_str(&out);
	for (size_t i = 0; i < batch->count && rc == BS_OK; i++) {
		struct bs_inlines back;
		(void)bs_str_split(&answer, '\n', &line);
		bs_tagged_read(arena, &batch->list[i].pieces, line, &back);
		bs_engine_take(arena, batch->to, &back, &batch->list[i]);
	}
	if (rc != BS_OK)
		bs_process_free(&pair->process);
	bs_buf_free(&in);
	bs_buf_free(&out);
	return rc;
}

static bool has_path(void *state, const struct bs_lang *from, const struct bs_lang *to)
{
	(void)state;
	return from != to;
}

static enum bs_rc open_command(const struct bs_engine_options *options, const char *folder, void **state, struct bs_err *err)
{
	struct command *command;

	(void)folder;
	if (options->command[0] == '\0')
		return bs_fail(err, BS_INVALID, "say which program: command = /path/to/program {from} {to}");
	command = bs_alloc(sizeof(*command));
	*command = (struct command){ .seconds = (int)options->timeout };
	snprintf(command->line, sizeof(command->line), "%s", options->command);
	*state = command;
	return BS_OK;
}

static void close_command(void *state)
{
	struct command *command = state;

	for (size_t i = 0; i < PAIRS; i++)
		bs_process_free(&command->pairs[i].process);
	free(command);
}

const struct bs_engine_kind bs_engine_command = {
	.name = "command", .label = "Machine", .open = open_command, .close = close_command, .has_path = has_path, .translate = translate,
	.alone_after_failure = true,
};
