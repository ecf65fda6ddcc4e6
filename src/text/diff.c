/* diff.c - see diff.h. The ends that both have in common are taken off first; the middle is searched forward, diagonal by diagonal, and the
 * way found is walked back over the furthest points that were kept of each round. */
#include "text/diff.h"

#include "text/out.h"

enum { WORDS_MAX = 20000 };

struct script {
	struct bs_diff_step *steps;
	size_t count;
};

static void add(struct script *script, enum bs_diff_kind kind, size_t old_at, size_t new_at)
{
	script->steps[script->count++] = (struct bs_diff_step){ kind, old_at, new_at };
}

struct middle { /* the parts that differ */
	const struct bs_str *a, *b;
	size_t n, m;
};

/* Walk back from the end over the rounds; the steps come out in reverse. */
static void walk_back(const struct middle *mid, int **rounds, int last, struct script *reversed)
{
	int x = (int)mid->n, y = (int)mid->m;

	for (int d = last; d >= 0; d--) {
		const int *furthest = rounds[d] + d; /* of round d, before it began: diagonals -d … d */
		int k = x - y, from_k = k == -d || (k != d && furthest[k - 1] < furthest[k + 1]) ? k + 1 : k - 1;
		int from_x = d > 0 ? furthest[from_k] : 0, from_y = d > 0 ? from_x - from_k : 0;
		while (x > from_x && y > from_y) {
			x--;
			y--;
			add(reversed, BS_DIFF_SAME, (size_t)x, (size_t)y);
		}
		if (d == 0)
			break;
		if (x > from_x)
			add(reversed, BS_DIFF_GONE, (size_t)--x, (size_t)y);
		else
			add(reversed, BS_DIFF_NEW, (size_t)x, (size_t)--y);
	}
}

/* The furthest x on each diagonal after d edits, until the end is reached: its d, or -1 when that would take too many. */
static int search(struct bs_arena *arena, const struct middle *mid, int **rounds)
{
	int n = (int)mid->n, m = (int)mid->m, most = n + m < BS_DIFF_MOST ? n + m : BS_DIFF_MOST;
	int *room = BS_ARRAY(arena, (size_t)(2 * most + 3), int), *v = room + most + 1;

	for (int d = 0; d <= most; d++) {
		rounds[d] = BS_ARRAY(arena, (size_t)(2 * d + 1), int);
		memcpy(rounds[d], v - d, (size_t)(2 * d + 1) * sizeof(int));
		for (int k = -d; k <= d; k += 2) {
			int x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1, y;
			x = d == 0 ? 0 : x;
			for (y = x - k; x < n && y < m && y >= 0 && bs_str_eq(mid->a[x], mid->b[y]); y++)
				x++;
			v[k] = x;
			if (x >= n && x - k >= m)
				return d;
		}
	}
	return -1;
}

/* Gone before new, within each run of both. */
static void put_in_order(struct script *script, const struct script *reversed, size_t skip)
{
	size_t at = reversed->count;

	while (at > 0) {
		size_t end = at;
		while (end > 0 && reversed->steps[end - 1].kind != BS_DIFF_SAME)
			end--;
		for (int kind = BS_DIFF_GONE; kind <= BS_DIFF_NEW; kind++) {
			for (size_t i = at; i > end; i--) {
				const struct bs_diff_step *s = &reversed->steps[i - 1];
				if ((int)s->kind == kind)
					add(script, s->kind, s->old_at + skip, s->new_at + skip);
			}
		}
		for (at = end; at > 0 && reversed->steps[at - 1].kind == BS_DIFF_SAME; at--)
			add(script, BS_DIFF_SAME, reversed->steps[at - 1].old_at + skip, reversed->steps[at - 1].new_at + skip);
	}
}

static void diff_middle(struct bs_arena *arena, const struct middle *mid, size_t skip, struct script *script)
{
	int **rounds = BS_ARRAY(arena, BS_DIFF_MOST + 1, int *);
	struct script reversed = { .steps = BS_ARRAY(arena, mid->n + mid->m, struct bs_diff_step) };
	int last = mid->n > 0 && mid->m > 0 ? search(arena, mid, rounds) : -1;

	if (last >= 0) {
		walk_back(mid, rounds, last, &reversed);
		put_in_order(script, &reversed, skip);
		return;
	}
	for (size_t i = 0; i < mid->n; i++)
		add(script, BS_DIFF_GONE, skip + i, skip);
	for (size_t i = 0; i < mid->m; i++)
		add(script, BS_DIFF_NEW, skip + mid->n, skip + i);
}

void bs_diff(struct bs_arena *arena, const struct bs_str *old_items, size_t old_count, const struct bs_str *new_items, size_t new_count,
             struct bs_diff_step **out, size_t *count)
{
	struct script script = { .steps = BS_ARRAY(arena, old_count + new_count, struct bs_diff_step) };
	struct middle mid;
	size_t head = 0, tail = 0;

	while (head < old_count && head < new_count && bs_str_eq(old_items[head], new_items[head]))
		head++;
	while (tail < old_count - head && tail < new_count - head &&
	       bs_str_eq(old_items[old_count - 1 - tail], new_items[new_count - 1 - tail]))
		tail++;
	mid = (struct middle){ old_items + head, new_items + head, old_count - head - tail, new_count - head - tail };
	for (size_t i = 0; i < head; i++)
		add(&script, BS_DIFF_SAME, i, i);
	if (mid.n + mid.m > 0)
		diff_middle(arena, &mid, head, &script);
	for (size_t i = tail; i > 0; i--)
		add(&script, BS_DIFF_SAME, old_count - i, new_count - i);
	*out = script.steps;
	*count = script.count;
}

/* --- words --------------------------------------------------------------------------------------------------------------- */

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* A word with the white space behind it; without white space (Chinese …) every character is one. */
static size_t words_of(struct bs_arena *arena, struct bs_str text, struct bs_str **out)
{
	struct bs_str *words = BS_ARRAY(arena, text.len < WORDS_MAX ? text.len : WORDS_MAX, struct bs_str);
	size_t count = 0, at = 0;

	while (at < text.len && count < WORDS_MAX) {
		size_t start = at;
		if (count == WORDS_MAX - 1)
			at = text.len;
		else if ((unsigned char)text.ptr[at] >= 0xE3)
			(void)bs_str_utf8_next(text, &at);
		while (at < text.len && !is_space(text.ptr[at]) && (at == start || (unsigned char)text.ptr[at] < 0xE3))
			at++;
		while (at < text.len && is_space(text.ptr[at]))
			at++;
		words[count++] = bs_str_sub(text, start, at - start);
	}
	*out = words;
	return count;
}

/* Those of the words that are the same or of this kind, runs of the kind within the tag. */
static struct bs_str written(struct bs_arena *arena, const struct bs_diff_step *steps, size_t count, const struct bs_str *words,
                             enum bs_diff_kind kind, size_t len)
{
	const char *tag = kind == BS_DIFF_GONE ? "del" : "ins";
	struct bs_buf out = BS_BUF(20 * len + 64 * count + 64);
	struct bs_str made;
	bool open = false;

	for (size_t i = 0; i < count; i++) {
		if (steps[i].kind != BS_DIFF_SAME && steps[i].kind != kind)
			continue;
		if ((steps[i].kind == kind) != open) {
			bs_buf_printf(&out, "<%s%s>", open ? "/" : "", tag);
			open = !open;
		}
		bs_out_text(&out, words[kind == BS_DIFF_GONE ? steps[i].old_at : steps[i].new_at]);
	}
	if (open)
		bs_buf_printf(&out, "</%s>", tag);
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

void bs_diff_words(struct bs_arena *arena, struct bs_str old_text, struct bs_str new_text, struct bs_str *old_html, struct bs_str *new_html)
{
	struct bs_str *old_words, *new_words;
	size_t old_count = words_of(arena, old_text, &old_words), new_count = words_of(arena, new_text, &new_words), count;
	struct bs_diff_step *steps;

	bs_diff(arena, old_words, old_count, new_words, new_count, &steps, &count);
	*old_html = written(arena, steps, count, old_words, BS_DIFF_GONE, old_text.len);
	*new_html = written(arena, steps, count, new_words, BS_DIFF_NEW, new_text.len);
}
