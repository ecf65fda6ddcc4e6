/* frame.h - how a worker program is spoken to: one frame in on its standard input is a job, one frame out on its standard
 * output is the result.
 *
 * A frame is a head of 16 bytes, then `text_len` bytes of text, then `bytes_len` bytes of anything. The head is three
 * numbers, big endian: u32 the operation (of a job) or the status (of a result), u32 text_len, u64 bytes_len. The text of a
 * job, and of a result that is well, is lines of "name=value"; of a refusal it is the reason, one line for a person.
 * Pure; safe from any thread. */
#ifndef BS_BASE_FRAME_H
#define BS_BASE_FRAME_H

#include "base/core.h"

enum { BS_FRAME_HEAD = 16, BS_FRAME_TEXT_MAX = 64 * 1024 };

enum bs_frame_status {
	BS_FRAME_WELL,
	BS_FRAME_REFUSED, /* the input could never be right; the text says why */
	BS_FRAME_FAILED,  /* something else went wrong; the text says what */
};

struct bs_frame {
	uint32_t word;     /* operation or status */
	uint32_t text_len;
	uint64_t bytes_len;
};

static inline void bs_frame_write(const struct bs_frame *frame, uint8_t head[BS_FRAME_HEAD])
{
	for (unsigned i = 0; i < 4; i++) {
		head[i] = (uint8_t)(frame->word >> (24 - 8 * i));
		head[4 + i] = (uint8_t)(frame->text_len >> (24 - 8 * i));
	}
	for (unsigned i = 0; i < 8; i++)
		head[8 + i] = (uint8_t)(frame->bytes_len >> (56 - 8 * i));
}

static inline struct bs_frame bs_frame_read(const uint8_t head[BS_FRAME_HEAD])
{
	struct bs_frame frame = { 0 };

	for (unsigned i = 0; i < 4; i++) {
		frame.word = frame.word << 8 | head[i];
		frame.text_len = frame.text_len << 8 | head[4 + i];
	}
	for (unsigned i = 0; i < 8; i++)
		frame.bytes_len = frame.bytes_len << 8 | head[8 + i];
	return frame;
}

/* The value of `name` in lines of "name=value"; an empty slice with ptr NULL when there is none. */
static inline struct bs_str bs_frame_field(struct bs_str text, struct bs_str name)
{
	struct bs_str line;

	while (bs_str_split(&text, '\n', &line))
		if (line.len > name.len && line.ptr[name.len] == '=' && bs_str_starts(line, name))
			return bs_str_sub(line, name.len + 1, SIZE_MAX);
	return (struct bs_str){ 0 };
}

#endif
