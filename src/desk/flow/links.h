/* links.h - the job that looks where the links of a story lead, and writes down what it found as the health of its citations. */
#ifndef BS_DESK_FLOW_LINKS_H
#define BS_DESK_FLOW_LINKS_H

#include "queue/queue.h"

/* What the table of jobs takes as its ctx; outlives the queue. */
struct bs_links_options {
	bool check; /* false: nobody is asked */
	bool local; /* true: this machine alone is asked, for tests; else machines on the public internet alone */
};

/* "links": key is the story's id. */
extern const struct bs_job_kind bs_desk_jobs[];
extern const size_t bs_desk_job_count;

/* Have the links of a story looked at that nobody has looked at lately. Inside a write transaction. */
enum bs_rc bs_links_look(struct bs_db *db, int64_t story_id, int64_t at, struct bs_err *err) BS_CHECK;
/* The health that an answer of this status means: "ok", "moved", "gone" or "unreached". */
struct bs_str bs_link_health(int status);

#endif
