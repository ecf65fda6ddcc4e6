/* serve.c - /media/HASH/WIDTH.EXT, and the thread that makes what was not there. */
#include "darkroom/internal.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/sys.h"
#include "http/static.h"

/* --- what is to be made ----------------------------------------------------------------------------------------------------- */

static bool among(char list[][HASH_HEX], size_t count, struct bs_str hash)
{
	for (size_t i = 0; i < count; i++)
		if (memcmp(list[i], hash.ptr, HASH_HEX) == 0)
			return true;
	return false;
}

/* The oldest stays at its place until it is done, so that nobody asks for it meanwhile. */
static void *develop_wanted(void *ctx)
{
	struct bs_darkroom *darkroom = ctx;

	pthread_mutex_lock(&darkroom->lock);
	while (!darkroom->stopping) {
		struct bs_err err = { 0 };
		char hash[HASH_HEX];
		size_t made;
		enum bs_rc rc;

		if (darkroom->count == 0) {
			pthread_cond_wait(&darkroom->wanted, &darkroom->lock);
			continue;
		}
		memcpy(hash, darkroom->waiting[0], HASH_HEX);
		pthread_mutex_unlock(&darkroom->lock);
		rc = bs_darkroom_develop(darkroom, bs_str_n(hash, HASH_HEX), &made, &err);
		if (rc != BS_OK)
			bs_log(BS_LOG_WARN, "the picture %.*s is served as it is: %s", HASH_HEX, hash, err.text);
		pthread_mutex_lock(&darkroom->lock);
		darkroom->count--;
		memmove(darkroom->waiting[0], darkroom->waiting[1], darkroom->count * HASH_HEX);
		if (rc != BS_OK)
			memcpy(darkroom->failed[darkroom->failures++ % WAITING], hash, HASH_HEX);
	}
	pthread_mutex_unlock(&darkroom->lock);
	return NULL;
}

void bs_darkroom_want(struct bs_darkroom *darkroom, struct bs_str hash)
{
	size_t failed;

	if (darkroom->crew == NULL)
		return;
	pthread_mutex_lock(&darkroom->lock);
	failed = darkroom->failures < WAITING ? darkroom->failures : WAITING;
	if (darkroom->count < WAITING && !among(darkroom->waiting, darkroom->count, hash) && !among(darkroom->failed, failed, hash)) {
		memcpy(darkroom->waiting[darkroom->count++], hash.ptr, HASH_HEX);
		if (!darkroom->started)
			darkroom->started = pthread_create(&darkroom->thread, NULL, develop_wanted, darkroom) == 0;
		pthread_cond_signal(&darkroom->wanted);
	}
	pthread_mutex_unlock(&darkroom->lock);
}

/* --- the route -------------------------------------------------------------------------------------------------------------- */

static bool is_named(struct bs_str file, int width, const char *extension)
{
	char name[32];
	int len = snprintf(name, sizeof(name), "%d.%s", width, extension);

	return bs_str_eq(file, bs_str_n(name, (size_t)len));
}

/* Whether `file` is the name of one of its renditions. */
static bool is_rendition(const struct bs_picture *picture, struct bs_str file)
{
	int widths[BS_PICTURE_WIDTHS];
	size_t count = bs_picture_widths(picture->width, widths);
	bool named = false;

	for (size_t i = 0; i < count; i++)
		named |= is_named(file, widths[i], "webp") || is_named(file, widths[i], "jpg");
	return named && strcmp(picture->extension, "gif") != 0;
}

/* No rendition of that name is there: the master stands in, if it is its own name or one will be. A picture has no other addresses. */
static void serve_master(struct bs_request *request, struct bs_darkroom *darkroom, struct bs_str hash, struct bs_str file)
{
	struct bs_static_options options = { .folder = darkroom->media, .policy = &darkroom->policy, .cache_control = BS_STR("public, max-age=60") };
	char master[MASTER_NAME];
	struct bs_picture picture;

	if (!bs_darkroom_master(darkroom, hash, master) || bs_darkroom_measure(darkroom, hash, &picture, NULL) != BS_OK) {
		bs_request_refuse(request, 404);
		return;
	}
	options.immutable = is_named(file, picture.width, picture.extension);
	if (!options.immutable && !is_rendition(&picture, file)) {
		bs_request_refuse(request, 404);
		return;
	}
	if (!options.immutable)
		bs_darkroom_want(darkroom, hash);
	options.path = bs_str_c(master);
	bs_static_serve(request, &options);
}

static void serve_media(struct bs_request *request, void *ctx)
{
	struct bs_darkroom *darkroom = ctx;
	struct bs_str hash = request->captures.text[BS_CAPTURE_HASH], file = request->captures.text[BS_CAPTURE_FILE];
	struct bs_str path = bs_arena_printf(request->arena, "%.2s/%.*s.%.*s", hash.ptr, HASH_HEX, hash.ptr, (int)file.len, file.ptr);
	int folder = open(darkroom->renditions_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder >= 0 && faccessat(folder, path.ptr, R_OK, 0) == 0)
		bs_static_serve(request, &(struct bs_static_options){ .folder = folder, .path = path, .immutable = true,
		                                                      .policy = &darkroom->policy });
	else
		serve_master(request, darkroom, hash, file);
	if (folder >= 0)
		close(folder);
}

const struct bs_route bs_darkroom_routes[] = { { BS_GET, "/media/{hash}/{file}", serve_media, 0 } };
const size_t bs_darkroom_route_count = BS_COUNT(bs_darkroom_routes);
