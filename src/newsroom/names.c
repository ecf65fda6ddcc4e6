/* names.c - the words of the domain's small sets, as files, addresses and the database write them. */
#include "newsroom/draft.h"

static const struct bs_str kinds[BS_KIND_COUNT] = {
	[BS_KIND_NEWS] = BS_STR_INIT("news"),           [BS_KIND_ANALYSIS] = BS_STR_INIT("analysis"),
	[BS_KIND_OPINION] = BS_STR_INIT("opinion"),     [BS_KIND_INTERVIEW] = BS_STR_INIT("interview"),
	[BS_KIND_REPORT] = BS_STR_INIT("report"),       [BS_KIND_EXPLAINER] = BS_STR_INIT("explainer"),
	[BS_KIND_REVIEW] = BS_STR_INIT("review"),       [BS_KIND_OBITUARY] = BS_STR_INIT("obituary"),
	[BS_KIND_PAGE] = BS_STR_INIT("page"),
};
static const struct bs_str statuses[BS_STATUS_COUNT] = {
	[BS_STATUS_DRAFT] = BS_STR_INIT("draft"),         [BS_STATUS_REVIEW] = BS_STR_INIT("review"),
	[BS_STATUS_SCHEDULED] = BS_STR_INIT("scheduled"), [BS_STATUS_PUBLISHED] = BS_STR_INIT("published"),
	[BS_STATUS_WITHDRAWN] = BS_STR_INIT("withdrawn"),
};
static const struct bs_str roles[BS_ROLE_COUNT] = {
	[BS_ROLE_AUTHOR] = BS_STR_INIT("author"),
	[BS_ROLE_TRANSLATOR] = BS_STR_INIT("translator"),
	[BS_ROLE_PHOTOGRAPHER] = BS_STR_INIT("photographer"),
	[BS_ROLE_EDITOR] = BS_STR_INIT("editor"),
};
static const struct bs_str vocabularies[BS_VOCABULARY_COUNT] = {
	[BS_REGION] = BS_STR_INIT("region"),
	[BS_THEME] = BS_STR_INIT("theme"),
	[BS_REPORT] = BS_STR_INIT("report"),
	[BS_TAG] = BS_STR_INIT("tag"),
};
static const struct bs_str correction_kinds[BS_CORRECTION_KIND_COUNT] = {
	[BS_UPDATE] = BS_STR_INIT("update"),
	[BS_CLARIFICATION] = BS_STR_INIT("clarification"),
	[BS_CORRECTION] = BS_STR_INIT("correction"),
	[BS_RETRACTION] = BS_STR_INIT("retraction"),
};

static enum bs_rc word_of(const struct bs_str *words, size_t count, struct bs_str name, size_t *out)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq_nocase(words[i], name)) {
			*out = i;
			return BS_OK;
		}
	}
	return BS_NOT_FOUND;
}

/* The pair of functions of one set. */
#define NAMES(prefix, type, words)                                       \
	struct bs_str prefix##_name(type value)                          \
	{                                                                \
		return words[value];                                     \
	}                                                                \
	enum bs_rc prefix##_of(struct bs_str name, type *out)            \
	{                                                                \
		size_t at = 0;                                           \
		enum bs_rc rc = word_of(words, BS_COUNT(words), name, &at); \
		if (rc == BS_OK)                                         \
			*out = (type)at;                                 \
		return rc;                                               \
	}

NAMES(bs_kind, enum bs_kind, kinds)
NAMES(bs_status, enum bs_status, statuses)
NAMES(bs_role, enum bs_role, roles)
NAMES(bs_vocabulary, enum bs_vocabulary, vocabularies)
NAMES(bs_correction_kind, enum bs_correction_kind, correction_kinds)
