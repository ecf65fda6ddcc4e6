/* test_near.c - the nearest known word. */
#include "tests/unit/unit.h"

#include "text/near.h"

static struct bs_str nearest(const char *word, const char *const *known, size_t count)
{
	struct bs_near near = bs_near_to(bs_str_c(word));

	for (size_t at = 0; at < count; at++)
		bs_near_try(&near, bs_str_c(known[at]));
	return near.best;
}

static void a_slip_of_the_fingers_is_understood(void **state)
{
	static const char *const known[] = { "import", "export", "serve", "backup", "init" };

	(void)state;
	assert_str(nearest("improt", known, 5), "import");
	assert_str(nearest("exprt", known, 5), "export");
	assert_str(nearest("servve", known, 5), "serve");
	assert_str(nearest("xnit", known, 5), "init");
	assert_str(nearest("int", known, 5), "init");
}

static void what_is_far_from_all_has_no_nearest(void **state)
{
	static const char *const known[] = { "import", "export" };
	char longer[200];

	(void)state;
	memset(longer, 'i', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_str(nearest("newsletter", known, 2), "");
	assert_str(nearest(longer, known, 2), "");
	assert_str(nearest("x", known, 2), "");
	assert_str(nearest("", known, 2), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_of_the_fingers_is_understood),
		cmocka_unit_test(what_is_far_from_all_has_no_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
