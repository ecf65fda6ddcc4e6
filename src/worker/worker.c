/* worker.c - see worker.h. */
#include "worker/worker.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/process.h"

struct hand {
	struct bs_process *process; /* NULL: not started */
	bool busy;
};

struct bs_crew {
	char *program;
	const char *const *args;
	unsigned count, seconds;
	pthread_mutex_t lock;
	pthread_cond_t free;
	struct hand hands[BS_CREW_MAX];
};

enum bs_rc bs_crew_open(const struct bs_crew_options *options, struct bs_crew **out, struct bs_err *err)
{
	struct bs_crew *crew;
	size_t len = strlen(options->program) + 1;

	if (access(options->program, X_OK) != 0)
		return bs_fail(err, BS_NOT_FOUND, "there is no program %.160s (%s)", options->program, strerror(errno));
	crew = bs_alloc(sizeof(*crew));
	*crew = (struct bs_crew){ .args = options->args, .seconds = options->seconds,
		.count = options->count < 1 ? 1 : options->count > BS_CREW_MAX ? BS_CREW_MAX : options->count };
	crew->program = bs_alloc(len);
	memcpy(crew->program, options->program, len);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->free, NULL);
	*out = crew;
	return BS_OK;
}

/* --- one job -------------------------------------------------------------------------------------------------------------- */

static enum bs_rc start(const struct bs_crew *crew, struct hand *hand, struct bs_err *err)
{
	struct bs_program program = { .args = { crew->program } };

	for (size_t i = 0; crew->args != NULL && crew->args[i] != NULL && i + 2 < BS_PROCESS_ARGS; i++)
		program.args[i + 1] = crew->args[i];
	return bs_process_start(&(struct bs_process_options){ .programs = &program, .count = 1, .shared = true }, &hand->process, err);
}

static bool result_is_whole(void *ctx, struct bs_str said, size_t fresh)
{
	struct bs_frame *result = ctx;

	(void)fresh;
	if (said.len < BS_FRAME_HEAD)
		return false;
	*result = bs_frame_read((const uint8_t *)said.ptr);
	return said.len - BS_FRAME_HEAD >= result->text_len + result->bytes_len;
}

static enum bs_rc exchange(const struct bs_crew *crew, struct hand *hand, const struct bs_task *task, struct bs_buf *said,
                           struct bs_frame *result, struct bs_err *err)
{
	const struct bs_frame job = { task->operation, (uint32_t)task->text.len, task->bytes.len };
	uint8_t head[BS_FRAME_HEAD];
	const struct bs_str in[] = { bs_str_n((const char *)head, sizeof(head)), task->text, task->bytes };
	const struct bs_process_ask ask = { .in = in, .count = BS_COUNT(in), .seconds = (int)crew->seconds, .whole = result_is_whole, .ctx = result };

	bs_frame_write(&job, head);
	return bs_process_ask(hand->process, &ask, said, err);
}

/* --- the crew ------------------------------------------------------------------------------------------------------------- */

static struct hand *take(struct bs_crew *crew)
{
	struct hand *hand = NULL;

	pthread_mutex_lock(&crew->lock);
	for (;;) {
		for (unsigned i = 0; i < crew->count; i++) /* one that runs rather than one to be started */
			if (!crew->hands[i].busy && (hand == NULL || hand->process == NULL))
				hand = &crew->hands[i];
		if (hand != NULL)
			break;
		pthread_cond_wait(&crew->free, &crew->lock);
	}
	hand->busy = true;
	pthread_mutex_unlock(&crew->lock);
	return hand;
}

static void give_back(struct bs_crew *crew, struct hand *hand)
{
	pthread_mutex_lock(&crew->lock);
	hand->busy = false;
	pthread_cond_signal(&crew->free);
	pthread_mutex_unlock(&crew->lock);
}

static enum bs_rc too_large(const struct bs_crew *crew, struct bs_err *err)
{
	return bs_fail(err, BS_LIMIT, "%.120s gave a larger result than is allowed", crew->program);
}

/* The process is out of step: end it and say why. */
static enum bs_rc lose(const struct bs_crew *crew, struct hand *hand, enum bs_rc rc, const struct bs_buf *said, struct bs_err *err)
{
	const char *name = strrchr(crew->program, '/') != NULL ? strrchr(crew->program, '/') + 1 : crew->program;
	int how = 0;

	if (rc == BS_IO)
		how = bs_process_end(&hand->process);
	bs_process_free(&hand->process);
	if (said->failed)
		return too_large(crew, err);
	if (rc == BS_LIMIT)
		return bs_fail(err, BS_LIMIT, "%.60s took longer than %u seconds and was stopped", name, crew->seconds);
	if (WIFSIGNALED(how))
		return bs_fail(err, BS_IO, "%.60s ended by signal %d (%s)", name, WTERMSIG(how), strsignal(WTERMSIG(how)));
	return bs_fail(err, BS_IO, "%.60s ended with exit code %d", name, WEXITSTATUS(how));
}

/* The parts of a whole result, to where they are wanted. */
static enum bs_rc hand_over(const struct bs_crew *crew, const struct bs_task *task, struct bs_str said,
                            const struct bs_frame *result, struct bs_err *err)
{
	struct bs_str text = bs_str_sub(said, BS_FRAME_HEAD, result->text_len);
	struct bs_str bytes = bs_str_sub(said, BS_FRAME_HEAD + (size_t)result->text_len, (size_t)result->bytes_len);
	struct bs_str reason = bs_str_utf8_prefix(text, sizeof(err->text) - 1);

	if (result->word != BS_FRAME_WELL)
		return bs_fail(err, result->word == BS_FRAME_REFUSED ? BS_INVALID : BS_IO, "%.*s", (int)reason.len, reason.ptr);
	if (text.len > task->text_out->cap - task->text_out->len || bytes.len > task->bytes_out->cap - task->bytes_out->len)
		return too_large(crew, err);
	bs_buf_put(task->text_out, text);
	bs_buf_put(task->bytes_out, bytes);
	return BS_OK;
}

enum bs_rc bs_crew_do(struct bs_crew *crew, const struct bs_task *task, struct bs_err *err)
{
	struct bs_buf said = BS_BUF(BS_FRAME_HEAD + task->text_out->cap + task->bytes_out->cap);
	struct bs_frame result = { 0 };
	struct hand *hand;
	enum bs_rc rc = BS_OK;

	if (task->text.len > BS_FRAME_TEXT_MAX)
		return bs_fail(err, BS_LIMIT, "a job's text has %zu bytes; %d are allowed", task->text.len, BS_FRAME_TEXT_MAX);
	hand = take(crew);
	if (hand->process != NULL && !bs_process_ready(hand->process))
		bs_process_free(&hand->process);
	if (hand->process == NULL)
		rc = start(crew, hand, err);
	if (rc == BS_OK) {
		rc = exchange(crew, hand, task, &said, &result, err);
		rc = rc == BS_OK ? hand_over(crew, task, bs_buf_str(&said), &result, err) : lose(crew, hand, rc, &said, err);
	}
	give_back(crew, hand);
	bs_buf_free(&said);
	return rc;
}

void bs_crew_close(struct bs_crew **crew)
{
	if (*crew == NULL)
		return;
	for (unsigned i = 0; i < (*crew)->count; i++)
		if ((*crew)->hands[i].process != NULL)
			bs_process_end(&(*crew)->hands[i].process);
	pthread_cond_destroy(&(*crew)->free);
	pthread_mutex_destroy(&(*crew)->lock);
	free((*crew)->program);
	free(*crew);
	*crew = NULL;
}
