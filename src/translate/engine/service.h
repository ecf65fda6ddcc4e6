/* service.h - what engines that are asked over HTTP have in common. */
#ifndef BS_TRANSLATE_ENGINE_SERVICE_H
#define BS_TRANSLATE_ENGINE_SERVICE_H

#include "http/client.h"
#include "text/json.h"
#include "translate/engine/kind.h"

struct bs_service {
	struct bs_client *client;
	char url[BS_ENGINE_TEXT];  /* without a slash at its end */
	char key[BS_ENGINE_TEXT];  /* or empty */
	char model[BS_ENGINE_NAME];
	int seconds;
};

/* An open function of kind.h: reads the key, whose file nobody else may read. BS_INVALID without url; BS_DENIED, BS_NOT_FOUND of the key. */
enum bs_rc bs_service_open(const struct bs_engine_options *options, const char *folder, void **state, struct bs_err *err) BS_CHECK;
void bs_service_close(void *state);
bool bs_service_has_path(void *state, const struct bs_lang *from, const struct bs_lang *to);

/* Post `body` to url and path as JSON (or, with `form`, as a form) and read the JSON that comes back. `header` is one more, or NULL.
 *   BS_BUSY     429, 456 (DeepL's quota), 503
 *   BS_DENIED   401, 403
 *   BS_INVALID  400: with what the service says
 *   BS_IO       another status, no JSON, no connection */
enum bs_rc bs_service_post(struct bs_service *service, struct bs_arena *arena, const char *path, const char *header, struct bs_str body,
                           bool form, const struct bs_json **out, struct bs_err *err) BS_CHECK;
/* The same with JSON. */
enum bs_rc bs_service_ask(struct bs_service *service, struct bs_arena *arena, const char *path, const char *header,
                          const struct bs_json *body, const struct bs_json **out, struct bs_err *err) BS_CHECK;

/* Add the passages to a JSON array, tagged. */
void bs_service_add(struct bs_arena *arena, struct bs_json *array, const struct bs_engine_batch *batch);
/* Take the answers, as many strings as passages; with `member`, objects that have the string in it. BS_IO when they are not as many. */
enum bs_rc bs_service_take(struct bs_arena *arena, const struct bs_json *array, const char *member, struct bs_engine_batch *batch,
                           struct bs_err *err) BS_CHECK;

#endif
