/* jobs.h - the queue with the kinds of jobs of every room. */
#ifndef BS_MAIN_JOBS_H
#define BS_MAIN_JOBS_H

#include "main/house.h"
#include "queue/queue.h"

/* `metrics` may be NULL. Free *out with bs_queue_free before the house is closed. */
enum bs_rc bs_jobs_open(struct bs_house *house, struct bs_metrics *metrics, struct bs_queue **out, struct bs_err *err) BS_CHECK;

#endif
