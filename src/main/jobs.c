/* jobs.c - see jobs.h. */
#include "main/jobs.h"

#include "desk/flow/links.h"
#include "site/site.h"
#include "translate/jobs.h"

enum bs_rc bs_jobs_open(struct bs_house *house, struct bs_metrics *metrics, struct bs_queue **out, struct bs_err *err)
{
	struct bs_queue *queue = bs_queue_new(&(struct bs_queue_options){ .pool = house->pool, .metrics = metrics });
	enum bs_rc rc = bs_queue_add(queue, bs_site_jobs, bs_site_job_count, NULL, err);

	if (rc == BS_OK)
		rc = bs_queue_add(queue, bs_desk_jobs, bs_desk_job_count, &house->config.links, err);
	if (rc == BS_OK)
		rc = bs_house_translator(house, err);
	if (rc == BS_OK)
		rc = bs_queue_add(queue, bs_translate_jobs, bs_translate_job_count, house->translator, err);
	if (rc == BS_OK)
		*out = queue;
	else
		bs_queue_free(&queue);
	return rc;
}
