/* command.h - one command of the program, and what every command uses.
 *
 * A command lives in its own file, src/main/cmd_NAME.c, and is one line of the table in main.c. It gets the arguments
 * behind its name (argv[0] is the name) and returns the exit code. What it did goes to stdout, what went wrong to
 * stderr as "broadsheet: …", with what to do. */
#ifndef BS_MAIN_COMMAND_H
#define BS_MAIN_COMMAND_H

#include "base/mem.h"

enum bs_exit {
	BS_EXIT_DONE = 0,
	BS_EXIT_FAILED = 1,
	BS_EXIT_USAGE = 2,  /* wrong usage; nothing was done */
	BS_EXIT_PARTLY = 3, /* some of the input was refused, the rest was done */
};

struct bs_command {
	const char *name;
	const char *usage; /* the arguments: "render TEMPLATE --json DATA.json [--partials DIR]" */
	const char *help;  /* one line: what it does */
	enum bs_exit (*run)(int argc, char **argv);
};

enum bs_exit bs_cmd_export(int argc, char **argv);
enum bs_exit bs_cmd_import(int argc, char **argv);
enum bs_exit bs_cmd_init(int argc, char **argv);
enum bs_exit bs_cmd_migrate_store(int argc, char **argv);
enum bs_exit bs_cmd_jobs(int argc, char **argv);
enum bs_exit bs_cmd_serve(int argc, char **argv);
enum bs_exit bs_cmd_set(int argc, char **argv);
enum bs_exit bs_cmd_clean(int argc, char **argv);
enum bs_exit bs_cmd_theme(int argc, char **argv);
enum bs_exit bs_cmd_translate(int argc, char **argv);
enum bs_exit bs_cmd_user(int argc, char **argv);
enum bs_exit bs_cmd_verify(int argc, char **argv);

/* Print "broadsheet: …" to stderr and return `code`, so that a command can `return bs_complain(BS_EXIT_USAGE, …)`. */
enum bs_exit bs_complain(enum bs_exit code, const char *fmt, ...) BS_PRINTF(2, 3);

/* Say how the command is used, and where more is said, to stderr: BS_EXIT_USAGE. */
enum bs_exit bs_usage(const char *command);
/* What its options and arguments mean, a line each, as 'broadsheet help COMMAND' shows them; empty for a command without any. */
const char *bs_explain(const char *command);

/* One line of JSON for programs, to stdout. BS_LIMIT: it is too long for one. */
struct bs_json;
enum bs_rc bs_print_json(const struct bs_json *json, struct bs_err *err) BS_CHECK;

/* The whole of a regular file, in the arena. BS_NOT_FOUND, BS_DENIED, BS_IO; BS_LIMIT over `cap` bytes; the message
 * names the file. */
enum bs_rc bs_file_read(struct bs_arena *arena, const char *path, size_t cap, struct bs_str *out,
                        struct bs_err *err) BS_CHECK;

#endif
