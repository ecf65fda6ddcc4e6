/* check.h - what is looked at before a story is published: the list of what is missing or doubtful in a draft.
 *
 * One table in check.c says what each finding does: it stops publishing for everybody, asks an editor who may publish all the same, or only
 * tells. docs/handbook/publishing.md has it for readers. Pure but for the words; results live in the arena. */
#ifndef BS_DESK_FLOW_CHECK_H
#define BS_DESK_FLOW_CHECK_H

#include "desk/frame.h"
#include "newsroom/draft.h"

enum bs_check_kind {
	BS_CHECK_ALT,       /* a picture says nothing to those who do not see it */
	BS_CHECK_CREDIT,    /* a picture without the name of who made it */
	BS_CHECK_LICENCE,   /* the lead picture without a licence */
	BS_CHECK_GONE,      /* a link leads nowhere any more */
	BS_CHECK_TARGET,    /* a link that lost its target when it came in */
	BS_CHECK_NOTICE,    /* a notice in the text that the newsroom does not have: readers see nothing there */
	BS_CHECK_OPINION,   /* called news, and its own words call it opinion */
	BS_CHECK_MOVED,     /* a link whose page has another address now */
	BS_CHECK_UNREACHED, /* a link that gave no answer, or one that says nothing about the page */
	BS_CHECK_UNSEEN,    /* links that nobody has looked at yet; once, for all of them */
	BS_CHECK_KIND_COUNT
};

enum bs_check_weight { BS_CHECK_STOPS, BS_CHECK_ASKS, BS_CHECK_TELLS };

struct bs_check {
	enum bs_check_kind kind;
	struct bs_str what; /* plain: the words of a link, the beginning of a caption; or empty */
	struct bs_str href; /* of a link; or empty */
	struct bs_str key;  /* what it is about, for telling whether it was so before */
};

struct bs_checks {
	struct bs_check *list; /* those that stop first, then those that ask */
	size_t count;
	size_t stops, asks;
};

enum bs_check_weight bs_check_weight(enum bs_check_kind kind);
/* Labels may stand in the publication's language in stories of any other; notices are those that it has. */
struct bs_checks bs_checks_of(struct bs_arena *arena, const struct bs_draft *draft, const struct bs_publication *publication);
/* How many of those that stop are not among `before`: what readers see already can be mended later, but must not get worse. */
size_t bs_checks_worse(const struct bs_checks *now, const struct bs_checks *before);
/* What who publishes all the same confirms: which kinds ask, and how many of each. Empty: nothing asks. */
struct bs_str bs_checks_token(struct bs_arena *arena, const struct bs_checks *checks);
/* Put the list into the view, for the partial "checks". `ask`: who looks may confirm it, with a box. */
void bs_checks_put(struct bs_visit *visit, struct bs_dict *view, const struct bs_checks *checks, bool ask);

#endif
