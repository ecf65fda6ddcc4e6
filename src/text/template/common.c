/* common.c - what many pages show alike: values, and the partials that read nothing else; see template.h.
 *
 * Rendering notes what a partial looks up in the two contexts (struct bs_record). If all of it was found in the common one, the partial
 * makes the same of any page whose own view has none of those names: control flow depends on nothing but values, and those
 * are the same. So its text is kept with the names. A partial is kept once and never changed: readers need one atomic load. */
#include <stdatomic.h>
#include <stdlib.h>

#include "text/template/parts.h"

struct printed {
	struct bs_record record;
	size_t len;
	char text[];
};

struct bs_common {
	const struct bs_dict *values;
	uint32_t count;
	_Atomic(struct printed *) printed[]; /* by number of the template; NULL: not kept */
};

struct bs_common *bs_common_new(const struct bs_templates *set, const struct bs_dict *values)
{
	uint32_t count = bs_templates_size(set);
	struct bs_common *common = bs_alloc(sizeof(*common) + count * sizeof(common->printed[0]));

	common->values = values;
	common->count = count;
	return common;
}

void bs_common_free(struct bs_common **common)
{
	struct bs_common *last = *common;

	*common = NULL;
	for (uint32_t at = 0; last != NULL && at < last->count; at++)
		free(atomic_load(&last->printed[at]));
	free(last);
}

const struct bs_dict *bs_common_values(const struct bs_common *common)
{
	return common->values;
}

bool bs_common_put(const struct bs_common *common, const struct bs_template *template, const struct bs_dict *view, struct bs_buf *out)
{
	const struct printed *printed = atomic_load_explicit(&common->printed[template->number], memory_order_acquire);

	if (printed == NULL)
		return false;
	for (uint32_t at = 0; at < printed->record.count; at++) {
		if (bs_dict_get(view, printed->record.names[at]) != NULL)
			return false;
	}
	bs_buf_put(out, bs_str_n(printed->text, printed->len));
	return true;
}

void bs_common_keep(struct bs_common *common, const struct bs_template *template, const struct bs_record *record, struct bs_str text)
{
	struct printed *none = NULL, *printed;

	if (record->own || atomic_load_explicit(&common->printed[template->number], memory_order_relaxed) != NULL)
		return;
	printed = bs_alloc(sizeof(*printed) + text.len);
	printed->record = *record;
	printed->len = text.len;
	if (text.len > 0)
		memcpy(printed->text, text.ptr, text.len);
	if (!atomic_compare_exchange_strong_explicit(&common->printed[template->number], &none, printed, memory_order_release,
	                                             memory_order_relaxed))
		free(printed); /* another thread was first */
}

void bs_record_note(struct bs_record *record, uint16_t name)
{
	for (uint32_t at = 0; at < record->count; at++) {
		if (record->names[at] == name)
			return;
	}
	if (record->count == BS_RECORD_NAMES)
		record->own = true;
	else
		record->names[record->count++] = name;
}
