/* main.c - the command line: the table of commands, and finding the one that was meant. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "main/command.h"
#include "text/json.h"
#include "text/near.h"

static enum bs_exit cmd_help(int argc, char **argv);

static const struct bs_command COMMANDS[] = {
	{ "init", "--data DIR [--store DSN]", "make a newsroom", bs_cmd_init },
	{ "export", "--data DIR [--stories] [--threads N] [--json] FOLDER", "write the site, or all stories, as a tree of files", bs_cmd_export },
	{ "import", "--data DIR [--format markdown|html|printed|auto] [--json] FILE-OR-FOLDER…", "bring documents into the newsroom", bs_cmd_import },
	{ "migrate-store", "--from DIR-OR-DSN --to DSN [--json]", "move the newsroom into another database", bs_cmd_migrate_store },
	{ "jobs", "--data DIR [--json] [list | run | retry NUMBER | forget NUMBER]", "look at work that waits or has failed, or do it", bs_cmd_jobs },
	{ "serve", "--data DIR [--listen ADDR:PORT]", "serve it to readers", bs_cmd_serve },
	{ "set", "--data DIR NAME [VALUE]", "look at a setting or change it", bs_cmd_set },
	{ "translate", "--data DIR --to LANG[,LANG…] [--story ID] [--engine NAME] [--again] [--dry-run] [--json]\n"
	  "       broadsheet translate --data DIR take [--to LANG] [--from LANG] FILE…\n"
	  "       broadsheet translate --data DIR give --to LANG (--story ID | --from LANG) [--format po|xliff|tmx|tbx|csv]",
	  "have stories translated, take translations in, or write what is to be translated",
	  bs_cmd_translate },
	{ "user", "add --data DIR --role ROLE [--name NAME] [--lang LANG] EMAIL\n"
	  "       broadsheet user invite --data DIR --role ROLE [--name NAME] [--lang LANG] EMAIL\n"
	  "       broadsheet user list --data DIR [--json]\n"
	  "       broadsheet user role --data DIR EMAIL ROLE\n"
	  "       broadsheet user byline --data DIR EMAIL PERSON|--nobody\n"
	  "       broadsheet user disable|enable --data DIR EMAIL\n"
	  "       broadsheet user reset-password --data DIR [--link] [--no-factor] EMAIL\n"
	  "       broadsheet user sessions --data DIR [--end] EMAIL", "manage the accounts of those who work here", bs_cmd_user },
	{ "verify", "--data DIR [--json]", "check that everything is as it was signed", bs_cmd_verify },
	{ "clean", "< HTML", "make story HTML of the HTML on standard input", bs_cmd_clean },
	{ "theme", "render TEMPLATE --json DATA.json [--partials DIR]", "write what a template makes of data", bs_cmd_theme },
	{ "help", "[COMMAND]", "say what the commands are, or how one is used", cmd_help },
};

enum bs_rc bs_print_json(const struct bs_json *json, struct bs_err *err)
{
	struct bs_buf out = BS_BUF(64 * 1024 * 1024);
	enum bs_rc rc = bs_json_write(json, &out, err);

	if (rc == BS_OK)
		printf("%.*s\n", (int)out.len, out.data);
	bs_buf_free(&out);
	return rc;
}

enum bs_exit bs_complain(enum bs_exit code, const char *fmt, ...)
{
	va_list args;

	fputs("broadsheet: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	return code;
}

static const struct bs_command *find_command(const char *name)
{
	for (size_t at = 0; at < BS_COUNT(COMMANDS); at++) {
		if (strcmp(COMMANDS[at].name, name) == 0)
			return &COMMANDS[at];
	}
	return NULL;
}

enum bs_exit bs_usage(const char *name)
{
	const struct bs_command *command = find_command(name);

	fprintf(stderr, "usage: broadsheet %s %s\n'broadsheet help %s' says more\n", name, command != NULL ? command->usage : "", name);
	return BS_EXIT_USAGE;
}

/* --help or -h anywhere among the arguments, but behind "--". */
static bool asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	}
	return false;
}

static enum bs_exit unknown_command(const char *name)
{
	struct bs_near near = bs_near_to(bs_str_c(name));

	for (size_t at = 0; at < BS_COUNT(COMMANDS); at++)
		bs_near_try(&near, bs_str_c(COMMANDS[at].name));
	if (near.best.len > 0)
		return bs_complain(BS_EXIT_USAGE, "there is no command '%.80s'; did you mean '" BS_FMT "'?", name, BS_ARG(near.best));
	return bs_complain(BS_EXIT_USAGE, "there is no command '%.80s'; 'broadsheet help' lists them", name);
}

static enum bs_exit cmd_help(int argc, char **argv)
{
	const struct bs_command *command;
	const char *explained;

	if (argc > 2)
		return bs_usage("help");
	if (argc > 1) {
		command = find_command(argv[1]);
		if (command == NULL)
			return unknown_command(argv[1]);
		explained = bs_explain(command->name);
		printf("usage: broadsheet %s %s\n\n%s\n%s%s", command->name, command->usage, command->help, *explained != '\0' ? "\n" : "",
		       explained);
		return BS_EXIT_DONE;
	}
	puts("usage: broadsheet COMMAND …\n");
	for (size_t at = 0; at < BS_COUNT(COMMANDS); at++)
		printf("  %-14s %s\n", COMMANDS[at].name, COMMANDS[at].help);
	puts("\n'broadsheet help COMMAND' says how a command is used, 'broadsheet --version' which one this is.\n"
	     "Ends with 0: done; 1: failed; 2: wrong usage; 3: some of the input was refused, the rest is done.");
	return BS_EXIT_DONE;
}

/* The exit code, or failure when what was printed did not get out (a full disk behind a redirection). */
static int leave(enum bs_exit code)
{
	if (fflush(stdout) != 0 || ferror(stdout) != 0)
		return (int)bs_complain(BS_EXIT_FAILED, "the output could not be written; is the disk full?");
	return (int)code;
}

int main(int argc, char **argv)
{
	const struct bs_command *command;

	if (argc < 2) {
		fputs("usage: broadsheet COMMAND …; 'broadsheet help' lists the commands\n", stderr);
		return BS_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("broadsheet " BS_VERSION);
		return leave(BS_EXIT_DONE);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return leave(cmd_help(1, argv));
	command = find_command(argv[1]);
	if (command != NULL && asks_for_help(argc - 1, argv + 1))
		return leave(cmd_help(2, (char *[]){ argv[0], argv[1] }));
	return leave(command != NULL ? command->run(argc - 1, argv + 1) : unknown_command(argv[1]));
}
