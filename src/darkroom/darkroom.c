/* darkroom.c - see darkroom.h. */
#include "darkroom/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/sys.h"

enum { TAKE = 1, RENDER = 2, JOB_SECONDS = 60, WORKERS = 2, RENDITION_MAX = 16 * 1024 * 1024, PART = 64 * 1024 };

static const char program_name[] = "broadsheet-image";

/* Beside this program, as it is after a build and after an installation. */
static bool find_program(char out[PATH_MAX_BYTES])
{
	ssize_t len = readlink("/proc/self/exe", out, PATH_MAX_BYTES - sizeof(program_name) - 1);
	char *slash;

	if (len <= 0)
		return false;
	out[len] = '\0';
	slash = strrchr(out, '/');
	if (slash == NULL)
		return false;
	memcpy(slash + 1, program_name, sizeof(program_name));
	return access(out, X_OK) == 0;
}

static char *copy_of(const char *text)
{
	size_t len = strlen(text) + 1;

	return memcpy(bs_alloc(len), text, len);
}

enum bs_rc bs_darkroom_open(const struct bs_darkroom_options *options, struct bs_darkroom **out, struct bs_err *err)
{
	struct bs_darkroom *darkroom;
	char beside[PATH_MAX_BYTES];
	struct bs_crew_options crew = { .program = options->program, .seconds = JOB_SECONDS,
		                        .count = options->workers > 0 ? options->workers : WORKERS };
	enum bs_rc rc = BS_OK;
	int media = open(options->media_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (media < 0)
		return bs_fail(err, BS_IO, "cannot open the folder %.160s: %s", options->media_dir, strerror(errno));
	if (crew.program == NULL && find_program(beside))
		crew.program = beside;
	darkroom = bs_alloc(sizeof(*darkroom));
	memset(darkroom, 0, sizeof(*darkroom));
	darkroom->media = media;
	darkroom->policy = (struct bs_policy){ .hsts = options->hsts, .embeddable = true }; /* other sites may show pictures */
	darkroom->media_dir = copy_of(options->media_dir);
	darkroom->renditions_dir = copy_of(options->renditions_dir);
	pthread_mutex_init(&darkroom->lock, NULL);
	pthread_cond_init(&darkroom->wanted, NULL);
	if (crew.program != NULL)
		rc = bs_crew_open(&crew, &darkroom->crew, err);
	*out = darkroom;
	if (rc != BS_OK)
		bs_darkroom_close(out);
	return rc;
}

void bs_darkroom_close(struct bs_darkroom **out)
{
	struct bs_darkroom *darkroom = *out;

	if (darkroom == NULL)
		return;
	pthread_mutex_lock(&darkroom->lock);
	darkroom->stopping = true;
	pthread_cond_signal(&darkroom->wanted);
	pthread_mutex_unlock(&darkroom->lock);
	if (darkroom->started)
		pthread_join(darkroom->thread, NULL);
	bs_crew_close(&darkroom->crew);
	pthread_cond_destroy(&darkroom->wanted);
	pthread_mutex_destroy(&darkroom->lock);
	close(darkroom->media);
	free(darkroom->media_dir);
	free(darkroom->renditions_dir);
	free(darkroom);
	*out = NULL;
}

bool bs_darkroom_works(const struct bs_darkroom *darkroom)
{
	return darkroom->crew != NULL;
}

static enum bs_rc need_program(const struct bs_darkroom *darkroom, struct bs_err *err)
{
	if (darkroom->crew != NULL)
		return BS_OK;
	return bs_fail(err, BS_IO, "pictures cannot be worked on here: the program %s is not installed", program_name);
}

/* --- in ------------------------------------------------------------------------------------------------------------------- */

static struct bs_str field(struct bs_arena *arena, const struct bs_buf *text, const char *name)
{
	return bs_arena_copy(arena, bs_frame_field(bs_buf_str(text), bs_str_c(name)));
}

enum bs_rc bs_darkroom_take(struct bs_darkroom *darkroom, struct bs_arena *arena, struct bs_str bytes, struct bs_buf *master,
                            struct bs_picture_credit *credit, struct bs_err *err)
{
	struct bs_buf text = BS_BUF(BS_FRAME_TEXT_MAX);
	struct bs_task task = { .operation = TAKE, .bytes = bytes, .text_out = &text, .bytes_out = master };
	enum bs_rc rc = need_program(darkroom, err);

	if (rc == BS_OK && bytes.len > BS_MAX_MEDIA_FILE)
		rc = bs_fail(err, BS_LIMIT, "the picture has %zu MB; %d are allowed", bytes.len / 1024 / 1024,
		             BS_MAX_MEDIA_FILE / 1024 / 1024);
	if (rc == BS_OK)
		rc = bs_crew_do(darkroom->crew, &task, err);
	if (rc == BS_OK)
		*credit = (struct bs_picture_credit){ .creator = field(arena, &text, "creator"), .credit = field(arena, &text, "credit"),
			.copyright = field(arena, &text, "copyright"), .caption = field(arena, &text, "caption") };
	bs_buf_free(&text);
	return rc;
}

/* --- out ------------------------------------------------------------------------------------------------------------------ */

bool bs_darkroom_master(const struct bs_darkroom *darkroom, struct bs_str hash, char out[MASTER_NAME])
{
	static const char *const endings[] = { "jpg", "webp", "png", "gif", "avif" };

	for (size_t i = 0; i < BS_COUNT(endings); i++) {
		snprintf(out, MASTER_NAME, "%.2s/%.*s.%s", hash.ptr, (int)hash.len, hash.ptr, endings[i]);
		if (faccessat(darkroom->media, out, R_OK, 0) == 0)
			return true;
	}
	return false;
}

/* At most `most` bytes of it. */
static enum bs_rc read_master(const struct bs_darkroom *darkroom, struct bs_str hash, size_t most, struct bs_buf *out,
                              struct bs_err *err)
{
	char name[MASTER_NAME];
	ssize_t got = 1;
	int fd = bs_darkroom_master(darkroom, hash, name) ? openat(darkroom->media, name, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return bs_fail(err, BS_NOT_FOUND, "there is no picture " BS_FMT, BS_ARG(hash));
	bs_buf_reset(out);
	while (got > 0 && out->len < most && bs_buf_reserve(out, PART)) {
		got = read(fd, out->data + out->len, PART);
		out->len += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	if (got < 0)
		return bs_fail(err, BS_IO, "cannot read the picture %s: %s", name, strerror(errno));
	return bs_buf_check(out, "the picture", err);
}

enum bs_rc bs_darkroom_measure(const struct bs_darkroom *darkroom, struct bs_str hash, struct bs_picture *out, struct bs_err *err)
{
	struct bs_buf bytes = BS_BUF(BS_MAX_MEDIA_FILE + PART);
	enum bs_rc rc = read_master(darkroom, hash, PART, &bytes, err);

	if (rc == BS_OK && bs_picture_measure(bs_buf_str(&bytes), out, NULL) != BS_OK) {
		rc = read_master(darkroom, hash, SIZE_MAX, &bytes, err); /* its size stands further behind */
		if (rc == BS_OK)
			rc = bs_picture_measure(bs_buf_str(&bytes), out, err);
	}
	bs_buf_free(&bytes);
	return rc;
}

/* Written beside its name and renamed: a reader never sees half of it. It need not survive a crash: it can be made again. */
static enum bs_rc put_file(const char *path, struct bs_str bytes, struct bs_err *err)
{
	char temporary[PATH_MAX_BYTES];
	int fd, whole;

	snprintf(temporary, sizeof(temporary), "%s.%d.new", path, (int)getpid());
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	whole = fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len;
	if (fd >= 0)
		close(fd);
	if (whole && rename(temporary, path) == 0)
		return BS_OK;
	bs_fail(err, BS_IO, "cannot write %.160s: %s", path, strerror(errno));
	unlink(temporary);
	return BS_IO;
}

static const char *const types[][2] = { { "webp", "webp" }, { "jpeg", "jpg" } }; /* as the program says, as names end */

enum { TYPES = 2, ALL = BS_PICTURE_WIDTHS * TYPES };

struct missing {
	char path[PATH_MAX_BYTES];
	int width;
	const char *type;
};

/* A rendition that came out larger than a master of its own type is of no use to anybody: then the master takes its place. */
static enum bs_rc make_one(struct bs_darkroom *darkroom, const struct missing *missing, struct bs_str master, bool same_type,
                           struct bs_err *err)
{
	struct bs_buf text = BS_BUF(BS_FRAME_TEXT_MAX), bytes = BS_BUF(RENDITION_MAX);
	char order[64];
	int len = snprintf(order, sizeof(order), "type=%s\nwidth=%d\n", missing->type, missing->width);
	struct bs_task task = { .operation = RENDER, .text = bs_str_n(order, (size_t)len), .bytes = master, .text_out = &text,
		                .bytes_out = &bytes };
	enum bs_rc rc = bs_crew_do(darkroom->crew, &task, err);

	if (rc == BS_OK)
		rc = put_file(missing->path, same_type && bytes.len >= master.len ? master : bs_buf_str(&bytes), err);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
	return rc;
}

static enum bs_rc make_folders(const struct bs_darkroom *darkroom, struct bs_str hash, struct bs_err *err)
{
	char path[PATH_MAX_BYTES];

	snprintf(path, sizeof(path), "%s/%.2s", darkroom->renditions_dir, hash.ptr);
	if ((mkdir(darkroom->renditions_dir, 0755) == 0 || errno == EEXIST) && (mkdir(path, 0755) == 0 || errno == EEXIST))
		return BS_OK;
	return bs_fail(err, BS_IO, "cannot make the folder %.160s: %s", path, strerror(errno));
}

/* Those renditions that are not there. The master's own address is not one. */
static size_t find_missing(const struct bs_darkroom *darkroom, struct bs_str hash, const struct bs_picture *picture,
                           struct missing out[ALL])
{
	int widths[BS_PICTURE_WIDTHS];
	size_t count = bs_picture_widths(picture->width, widths), missing = 0;

	for (size_t i = 0; i < count * TYPES; i++) {
		const char *const *type = types[i % TYPES];
		struct missing *m = &out[missing];

		if (widths[i / TYPES] == picture->width && strcmp(type[1], picture->extension) == 0)
			continue;
		*m = (struct missing){ .width = widths[i / TYPES], .type = type[0] };
		snprintf(m->path, sizeof(m->path), "%s/%.2s/%.*s.%d.%s", darkroom->renditions_dir, hash.ptr, HASH_HEX, hash.ptr, m->width,
		         type[1]);
		missing += access(m->path, F_OK) != 0;
	}
	return missing;
}

enum bs_rc bs_darkroom_develop(struct bs_darkroom *darkroom, struct bs_str hash, size_t *made, struct bs_err *err)
{
	struct bs_buf master = BS_BUF(BS_MAX_MEDIA_FILE + PART);
	struct missing *missing = bs_alloc(ALL * sizeof(*missing));
	struct bs_picture picture;
	size_t count = 0;
	enum bs_rc rc = need_program(darkroom, err);

	*made = 0;
	if (rc == BS_OK)
		rc = bs_darkroom_measure(darkroom, hash, &picture, err);
	if (rc == BS_OK && strcmp(picture.extension, "gif") != 0)
		count = find_missing(darkroom, hash, &picture, missing);
	if (count > 0)
		rc = read_master(darkroom, hash, SIZE_MAX, &master, err);
	if (count > 0 && rc == BS_OK)
		rc = make_folders(darkroom, hash, err);
	for (; *made < count && rc == BS_OK; *made += rc == BS_OK)
		rc = make_one(darkroom, &missing[*made], bs_buf_str(&master),
		              bs_str_ends(bs_str_c(picture.mime), bs_str_c(missing[*made].type)), err);
	free(missing);
	bs_buf_free(&master);
	return rc;
}
