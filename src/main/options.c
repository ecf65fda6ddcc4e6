/* options.c - see options.h. */
#include "main/options.h"

#include "text/near.h"

static const struct bs_option *option_of(const struct bs_option *options, size_t count, struct bs_str name)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(bs_str_c(options[i].name), name))
			return &options[i];
	}
	return NULL;
}

static enum bs_exit unknown(const char *command, const struct bs_option *options, size_t count, struct bs_str name)
{
	struct bs_near near = bs_near_to(name);

	for (size_t i = 0; i < count; i++)
		bs_near_try(&near, bs_str_c(options[i].name));
	if (near.best.len > 0)
		return bs_complain(BS_EXIT_USAGE, "%s has no option '" BS_FMT "'; did you mean '" BS_FMT "'?", command, BS_ARG(name),
		                   BS_ARG(near.best));
	return bs_complain(BS_EXIT_USAGE, "%s has no option '" BS_FMT "'; 'broadsheet help %s' says how it is used", command,
	                   BS_ARG(name), command);
}

/* Both "--name value" and "--name=value". */
static enum bs_exit take_value(const struct bs_option *option, const char *value)
{
	int64_t number;

	if (value == NULL)
		return bs_complain(BS_EXIT_USAGE, "%s needs a value", option->name);
	if (option->kind == BS_OPTION_TEXT) {
		*(const char **)option->to = value;
		return BS_EXIT_DONE;
	}
	if (bs_str_int(bs_str_c(value), &number) != BS_OK || number < 0)
		return bs_complain(BS_EXIT_USAGE, "%s needs a whole number, not '%.80s'", option->name, value);
	*(int64_t *)option->to = number;
	return BS_EXIT_DONE;
}

enum bs_exit bs_options_take(int argc, char **argv, const struct bs_option *options, size_t count, int *rest)
{
	int kept = 0;

	for (int i = 1; i < argc; i++) {
		struct bs_str word = bs_str_c(argv[i]), name = word;
		size_t equals = bs_str_find_byte(word, '=', 0);
		const struct bs_option *option;
		const char *value;
		if (bs_str_eq(word, BS_STR("--"))) {
			while (++i < argc)
				argv[++kept] = argv[i];
			break;
		}
		if (!bs_str_starts(word, BS_STR("-")) || word.len == 1) {
			argv[++kept] = argv[i];
			continue;
		}
		if (equals != SIZE_MAX)
			name = bs_str_sub(word, 0, equals);
		option = option_of(options, count, name);
		if (option == NULL)
			return unknown(argv[0], options, count, name);
		if (option->kind == BS_OPTION_FLAG) {
			*(bool *)option->to = true;
			continue;
		}
		value = equals != SIZE_MAX ? argv[i] + equals + 1 : i + 1 < argc ? argv[++i] : NULL;
		if (take_value(option, value) != BS_EXIT_DONE)
			return BS_EXIT_USAGE;
	}
	*rest = kept;
	return BS_EXIT_DONE;
}
