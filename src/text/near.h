/* near.h - "did you mean …?": the known word nearest to a misspelt one. Feed the known words one by one:
 *
 *     struct bs_near near = bs_near_to(name);
 *     for each known word: bs_near_try(&near, word);
 *     if (near.best.len > 0) … "; did you mean '" near.best "'?"
 */
#ifndef BS_TEXT_NEAR_H
#define BS_TEXT_NEAR_H

#include "base/core.h"

struct bs_near {
	struct bs_str word;
	struct bs_str best;  /* borrowed from bs_near_try; empty while nothing is near */
	unsigned distance;   /* of best: letters put in, left out, changed or swapped with their neighbour */
};

struct bs_near bs_near_to(struct bs_str word);
/* Take `known` if it is nearer than what was tried before, and within a third of the word's length. Words over 64 bytes
 * are never near. */
void bs_near_try(struct bs_near *near, struct bs_str known);

#endif
