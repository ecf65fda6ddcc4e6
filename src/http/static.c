/* static.c - files; see static.h. Nothing is kept between requests: the kernel's cache is the cache, and sendfile the way out. */
#include "http/static.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "http/internal.h"

/* What the web knows how to show; anything else is offered for download. */
static const struct {
	const char *ending;
	const char *type;
} types[] = {
	{ ".avif", "image/avif" },       { ".css", "text/css; charset=utf-8" },
	{ ".gif", "image/gif" },         { ".ico", "image/x-icon" },
	{ ".jpeg", "image/jpeg" },       { ".jpg", "image/jpeg" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".json", "application/json" }, { ".mp3", "audio/mpeg" },
	{ ".mp4", "video/mp4" },         { ".ogg", "audio/ogg" },
	{ ".pdf", "application/pdf" },   { ".png", "image/png" },
	{ ".svg", "image/svg+xml" },     { ".txt", "text/plain; charset=utf-8" },
	{ ".vtt", "text/vtt; charset=utf-8" },
	{ ".webm", "video/webm" },       { ".webp", "image/webp" },
	{ ".woff2", "font/woff2" },      { ".xml", "application/xml" },
};

struct bs_str bs_static_type(struct bs_str name)
{
	for (size_t i = 0; i < BS_COUNT(types); i++) {
		size_t len = strlen(types[i].ending);
		if (name.len > len && bs_str_eq_nocase(bs_str_sub(name, name.len - len, len), bs_str_c(types[i].ending)))
			return bs_str_c(types[i].type);
	}
	return (struct bs_str){ 0 };
}

/* 0, or the status that says why not. O_NONBLOCK so that a pipe put there by mistake does not hold the thread up. */
static int open_beneath(int folder, const char *path, int *file, struct stat *about)
{
	struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };

	*file = (int)syscall(SYS_openat2, folder, path, &how, sizeof(how));
	if (*file < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOSYS || errno == EPERM)) {
		bs_log(BS_LOG_ERROR, "the file '%s' can't be opened: openat2: %s", path, strerror(errno));
		return 503;
	}
	if (*file < 0)
		return 404;
	if (fstat(*file, about) == 0 && S_ISREG(about->st_mode))
		return 0;
	close(*file);
	return 404;
}

/* If-Range: the part is wanted only of this very version, named by tag or by date. */
static bool range_is_of_this(const struct bs_request *request, struct bs_str etag, int64_t modified)
{
	struct bs_str field = bs_request_header(request, "If-Range");
	int64_t date;

	return field.ptr == NULL || bs_str_eq(bs_str_trim(field), etag) ||
	       (bs_http_date_parse(field, &date) == BS_OK && date == modified);
}

/* Which part goes out, and with which status. */
static int choose_range(const struct bs_request *request, struct bs_str etag, const struct stat *about, struct bs_range *range)
{
	const struct bs_connection *connection = request->connection;
	uint64_t size = (uint64_t)about->st_size;
	struct bs_str field = bs_request_header(request, "Range");

	*range = (struct bs_range){ 0, size };
	if (connection == NULL || connection->method != BS_GET || field.ptr == NULL ||
	    bs_standing(&connection->has, etag, about->st_mtime) != BS_WANTED || !range_is_of_this(request, etag, about->st_mtime))
		return 200;
	switch (bs_range_parse(field, size, range)) {
	case BS_RANGE_PART:
		return 206;
	case BS_RANGE_NONE:
		return 416;
	case BS_RANGE_WHOLE:
		break;
	}
	*range = (struct bs_range){ 0, size };
	return 200;
}

/* How a file may be used that is shown by itself: SVG as a picture without scripts, the unknown not at all. */
static struct bs_policy policy_of(const struct bs_static_options *options, struct bs_str type)
{
	struct bs_policy policy = { 0 };

	if (options->policy != NULL)
		policy = *options->policy;
	if (bs_str_starts(type, BS_STR("image/svg")))
		policy.csp = BS_STR("default-src 'none'; style-src 'unsafe-inline'; sandbox");
	return policy;
}

/* What is sent, put together in one place because its lines depend on each other. */
struct reply {
	struct bs_response_options options;
	struct bs_policy policy;
	struct bs_header headers[3];
	struct bs_str etag;
	struct bs_range range;
};

static void reply_add(struct reply *reply, struct bs_str name, struct bs_str value)
{
	reply->headers[reply->options.header_count++] = (struct bs_header){ name, value };
}

static void reply_plan(struct bs_request *request, const struct bs_static_options *options, const struct stat *about,
                       struct reply *reply)
{
	struct bs_str type = options->type.len > 0 ? options->type : bs_static_type(options->path);
	unsigned long long size = (unsigned long long)about->st_size;

	*reply = (struct reply){ .policy = policy_of(options, type) };
	reply->etag = bs_arena_printf(request->arena, "\"%llx-%llx%08lx\"", size, (unsigned long long)about->st_mtim.tv_sec,
	                              (unsigned long)about->st_mtim.tv_nsec);
	reply->options = (struct bs_response_options){ .type = type, .cache_control = options->cache_control,
		                                       .modified = about->st_mtime, .policy = &reply->policy,
		                                       .headers = reply->headers };
	reply_add(reply, BS_STR("Accept-Ranges"), BS_STR("bytes"));
	if (type.len == 0) {
		reply->options.type = BS_STR("application/octet-stream");
		reply_add(reply, BS_STR("Content-Disposition"), BS_STR("attachment"));
	}
	if (options->immutable)
		reply->options.cache_control = BS_STR("public, max-age=31536000, immutable");
	reply->options.status = choose_range(request, reply->etag, about, &reply->range);
	if (reply->options.status == 206)
		reply_add(reply, BS_STR("Content-Range"),
		          bs_arena_printf(request->arena, "bytes %llu-%llu/%llu", (unsigned long long)reply->range.from,
		                          (unsigned long long)(reply->range.from + reply->range.len - 1), size));
	if (reply->options.status == 416) {
		reply->options.cache_control = BS_STR("no-store");
		reply_add(reply, BS_STR("Content-Range"), bs_arena_printf(request->arena, "bytes */%llu", size));
	}
}

void bs_static_serve(struct bs_request *request, const struct bs_static_options *options)
{
	struct bs_str path = bs_arena_copy(request->arena, options->path);
	struct bs_response *response = NULL;
	struct reply reply;
	struct stat about;
	struct bs_err err;
	int file, status = 404;
	enum bs_rc rc;

	if (path.len > 0 && memchr(path.ptr, '\0', path.len) == NULL)
		status = open_beneath(options->folder, path.ptr, &file, &about);
	if (status != 0) {
		bs_request_refuse(request, status);
		return;
	}
	reply_plan(request, options, &about, &reply);
	if (reply.options.status == 416) {
		close(file);
		rc = bs_response_new(&reply.options, &response, &err);
	} else {
		rc = bs_response_from_file(&reply.options, file, reply.range, reply.etag, &response, &err);
	}
	if (rc == BS_OK) {
		bs_request_answer(request, response);
		return;
	}
	bs_log(BS_LOG_ERROR, "the file '%s' can't be sent: %s", path.ptr, err.text);
	bs_request_refuse(request, 500);
}
