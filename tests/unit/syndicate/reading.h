/* reading.h - before and after each test of a reader that makes remarks. Include it behind the file's own struct fixture, which has an `arena`
 * and `remarks` among its members; all others begin as zero. */
#ifndef BS_TESTS_SYNDICATE_READING_H
#define BS_TESTS_SYNDICATE_READING_H

static int setup(void **state)
{
	struct fixture *f = bs_alloc(sizeof(*f));

	*f = (struct fixture){ .arena = bs_arena_new() };
	f->remarks = BS_REMARKS(f->arena);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	bs_arena_free(&f->arena);
	free(f);
	return 0;
}

#endif
