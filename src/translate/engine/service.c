/* service.c - see service.h. */
#include "translate/engine/service.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "translate/engine/tagged.h"

/* The key stands in a file of its own, so that it is in no copy of the configuration. */
static enum bs_rc read_key(struct bs_service *service, const char *path, struct bs_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about;
	ssize_t got = -1;
	struct bs_str key;

	if (fd < 0)
		return bs_fail(err, errno == ENOENT ? BS_NOT_FOUND : BS_DENIED, "cannot read the key in %.150s: %s", path, strerror(errno));
	if (fstat(fd, &about) == 0 && (about.st_mode & 077) != 0) {
		close(fd);
		return bs_fail(err, BS_DENIED, "others may read the key in %.150s; 'chmod 600' it", path);
	}
	got = read(fd, service->key, sizeof(service->key) - 1);
	close(fd);
	key = bs_str_trim(bs_str_n(service->key, got > 0 ? (size_t)got : 0));
	if (key.len == 0 || bs_str_find_byte(key, '\n', 0) != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "there is no key in %.150s: one line is expected", path);
	memmove(service->key, key.ptr, key.len);
	service->key[key.len] = '\0';
	return BS_OK;
}

enum bs_rc bs_service_open(const struct bs_engine_options *options, const char *folder, void **state, struct bs_err *err)
{
	struct bs_service *service;
	struct bs_str url = bs_str_c(options->url);
	char path[BS_ENGINE_TEXT * 10];
	enum bs_rc rc = BS_OK;

	if (url.len == 0)
		return bs_fail(err, BS_INVALID, "say where the service is: url = https://…");
	service = bs_alloc(sizeof(*service));
	*service = (struct bs_service){ .client = bs_client_new(), .seconds = (int)options->timeout };
	while (bs_str_ends(url, BS_STR("/")))
		url = bs_str_sub(url, 0, url.len - 1);
	snprintf(service->url, sizeof(service->url), "%.*s", (int)url.len, url.ptr);
	snprintf(service->model, sizeof(service->model), "%s", options->model);
	snprintf(path, sizeof(path), "%s%s%s", options->key_file[0] == '/' ? "" : folder, options->key_file[0] == '/' ? "" : "/", options->key_file);
	if (options->key_file[0] != '\0')
		rc = read_key(service, path, err);
	if (rc == BS_OK)
		*state = service;
	else
		bs_service_close(service);
	return rc;
}

void bs_service_close(void *state)
{
	struct bs_service *service = state;

	bs_client_free(&service->client);
	explicit_bzero(service->key, sizeof(service->key));
	free(service);
}

bool bs_service_has_path(void *state, const struct bs_lang *from, const struct bs_lang *to)
{
	(void)state;
	return from != to;
}

static enum bs_rc judge(const struct bs_client_answer *answer, struct bs_err *err)
{
	enum bs_rc rc = BS_IO;

	if (answer->status >= 200 && answer->status < 300)
		return BS_OK;
	if (answer->status == 429 || answer->status == 456 || answer->status == 503)
		rc = BS_BUSY;
	else if (answer->status == 401 || answer->status == 403)
		rc = BS_DENIED;
	else if (answer->status == 400)
		rc = BS_INVALID;
	return bs_fail(err, rc, "the service answers %d: " BS_FMT, answer->status, BS_ARG(bs_str_trim(answer->body)));
}

enum bs_rc bs_service_post(struct bs_service *service, struct bs_arena *arena, const char *path, const char *header, struct bs_str body,
                           bool form, const struct bs_json **out, struct bs_err *err)
{
	struct bs_client_request request = {
		.url = bs_arena_printf(arena, "%s%s", service->url, path).ptr, .body = body, .seconds = service->seconds, .max = BS_MAX_DOCUMENT,
		.headers = { form ? "Content-Type: application/x-www-form-urlencoded" : "Content-Type: application/json", header },
	};
	struct bs_client_answer answer;
	enum bs_rc rc = bs_client_ask(service->client, arena, &request, &answer, err);

	if (rc == BS_OK)
		rc = judge(&answer, err);
	if (rc == BS_OK && bs_json_parse(arena, answer.body, out, err) != BS_OK)
		rc = bs_fail(err, BS_IO, "the service's answer is no JSON");
	return rc;
}

enum bs_rc bs_service_ask(struct bs_service *service, struct bs_arena *arena, const char *path, const char *header,
                          const struct bs_json *body, const struct bs_json **out, struct bs_err *err)
{
	struct bs_buf text = BS_BUF(BS_MAX_DOCUMENT);
	enum bs_rc rc = bs_json_write(body, &text, err);

	if (rc == BS_OK)
		rc = bs_service_post(service, arena, path, header, bs_buf_str(&text), false, out, err);
	bs_buf_free(&text);
	return rc;
}

void bs_service_add(struct bs_arena *arena, struct bs_json *array, const struct bs_engine_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		struct bs_buf text = BS_BUF(2 * BS_MAX_PASSAGE);
		bs_tagged_write(&text, &batch->list[i].pieces);
		bs_json_add_string(array, BS_STR(""), bs_arena_copy(arena, bs_buf_str(&text)));
		bs_buf_free(&text);
	}
}

enum bs_rc bs_service_take(struct bs_arena *arena, const struct bs_json *array, const char *member, struct bs_engine_batch *batch,
                           struct bs_err *err)
{
	const struct bs_json *one;
	size_t at = 0;

	if (array == NULL || array->kind != BS_JSON_ARRAY || array->count != batch->count)
		return bs_fail(err, BS_IO, "the service gave back another number of passages than it was given");
	for (one = array->first; one != NULL; one = one->next, at++) {
		struct bs_inlines back;
		struct bs_str text = bs_json_string(member != NULL ? bs_json_get(one, bs_str_c(member)) : one);
		bs_tagged_read(arena, &batch->list[at].pieces, text, &back);
		bs_engine_take(arena, batch->to, &back, &batch->list[at]);
	}
	return BS_OK;
}
