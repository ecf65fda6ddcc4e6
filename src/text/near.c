/* near.c - the nearest word, by optimal string alignment distance; see near.h. */
#include "text/near.h"

enum { LONGEST = 64 };

struct bs_near bs_near_to(struct bs_str word)
{
	return (struct bs_near){ .word = word, .distance = (unsigned)(word.len / 3 + 2) };
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The classic table, of which three rows are kept: a swap of neighbours looks two rows back. */
static unsigned distance(struct bs_str a, struct bs_str b)
{
	unsigned rows[3][LONGEST + 1];

	for (unsigned j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		const unsigned *before = rows[(i - 1) % 3];
		unsigned *row = rows[i % 3];
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			bool same = a.ptr[i - 1] == b.ptr[j - 1];
			row[j] = least(least(before[j] + 1, row[j - 1] + 1), before[j - 1] + (same ? 0 : 1));
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
		}
	}
	return rows[a.len % 3][b.len];
}

void bs_near_try(struct bs_near *near, struct bs_str known)
{
	unsigned far;

	if (near->word.len > LONGEST || known.len > LONGEST || known.len == 0)
		return;
	far = distance(near->word, known);
	if (far < near->distance) {
		near->distance = far;
		near->best = known;
	}
}
