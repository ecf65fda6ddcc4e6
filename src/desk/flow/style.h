/* style.h - the house style: rules kept as data, and the places of a story that they speak of.
 *
 * A rule is a pattern (words as lang/phrase.h finds them), why they are not to be used so, and what to write instead, for stories of one language
 * or of all. There are at most BS_STYLE_RULES, with patterns of BS_STYLE_PATTERN bytes; a story is looked at as far as BS_STYLE_STEPS steps go,
 * so that no list of rules makes a page slow. Hints stop nobody. */
#ifndef BS_DESK_FLOW_STYLE_H
#define BS_DESK_FLOW_STYLE_H

#include "desk/frame.h"
#include "newsroom/draft.h"

enum { BS_STYLE_RULES = 1000, BS_STYLE_PATTERN = 100, BS_STYLE_STEPS = 10 * 1000 * 1000, BS_STYLE_HINTS = 100 };

struct bs_style_rule {
	int64_t id;
	struct bs_str lang, pattern, reason, suggestion;
};

/* By pattern, at most BS_STYLE_RULES. lang empty: all of them; else those for stories in it. */
enum bs_rc bs_style_rules(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_style_rule **out, size_t *count,
                          struct bs_err *err) BS_CHECK;

/* One look at a story: as far as its limits go. */
struct bs_style {
	struct bs_arena *arena;
	const struct bs_style_rule *rules;
	size_t rule_count;
	size_t found;  /* up to BS_STYLE_HINTS */
	int64_t steps; /* up to BS_STYLE_STEPS */
};
struct bs_style_found {
	const struct bs_style_rule *rule;
	size_t at, len;           /* bytes of the text */
	struct bs_str suggestion; /* in the case of the words that it takes the place of; or empty */
};

/* The rules for stories in this language. */
enum bs_rc bs_style_open(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_style *out, struct bs_err *err) BS_CHECK;
/* Each place of a plain text that a rule speaks of, rule by rule. */
void bs_style_look(struct bs_style *style, struct bs_str text,
                   void (*found)(void *ctx, struct bs_str text, const struct bs_style_found *found), void *ctx);

/* Put the hints for a draft into the view, for the partial "hints". */
enum bs_rc bs_style_put(struct bs_visit *visit, struct bs_dict *view, int64_t story_id, const struct bs_draft *draft, struct bs_err *err) BS_CHECK;

#endif
