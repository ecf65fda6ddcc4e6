/* explain.c - what options and arguments mean, for 'broadsheet help COMMAND' and 'broadsheet COMMAND --help'. The manual page says
 * the same at length; a test compares the names. */
#include "main/command.h"

#define DATA "  --data DIR      the newsroom: the folder that 'broadsheet init' made\n"
#define JSON "  --json          write one JSON object a line, for programs\n"

static const struct {
	const char *command;
	const char *text;
} explained[] = {
	{ "init", "  --data DIR      the folder to make the newsroom in\n"
	          "  --store DSN     a PostgreSQL to keep it in, as libpq names one; else it is in SQLite, DIR/broadsheet.db\n" },
	{ "export", DATA "  --stories       write stories, people, terms, settings and pictures as files that 'import' reads, not the site\n"
	                 "  --threads N     how many pages are made at once\n" JSON
	                 "  FOLDER          new, empty, or an earlier export of the same kind\n" },
	{ "import", DATA "  --format KIND   what stories are: markdown, html or printed; auto, the usual, looks at each\n" JSON
	                 "  FILE-OR-FOLDER  story files, web pages, printed pages, or a folder of them, of other tools too; an export of\n"
	                 "                  WordPress (.xml) or Ghost (.json)\n\n"
	                 "The same again changes nothing. Ctrl-C keeps what is imported so far; the same command goes on from there.\n" },
	{ "migrate-store", "  --from DIR-OR-DSN  a newsroom, or its database\n"
	                   "  --to DSN        an empty database\n" JSON },
	{ "jobs", DATA JSON "  list            what waits or has failed, the usual\n"
	               "  run             do what is due, and end\n"
	               "  retry NUMBER    try a failed job again\n"
	               "  forget NUMBER   take a job out of the queue\n" },
	{ "serve", DATA "  --listen ADDR:PORT  where; port 0 picks a free one and prints it\n" },
	{ "set", DATA "  NAME            of the setting, such as name, language, timezone, contact.email\n"
	              "  VALUE           what it becomes; without it the setting is shown. Behind -- it may begin with a hyphen\n" },
	{ "translate", DATA "  --to LANG,LANG  have stories translated into these languages\n"
	                    "  --story ID      only this one: its id, as 'import --json' and an export name it\n"
	                    "  --engine NAME   by this engine instead of the chain in broadsheet.conf\n"
	                    "  --again         also what an engine has translated before; never what a person has\n"
	                    "  --dry-run       say what there is to do and what it would cost, and do nothing\n"
	                    "  take FILE…      bring translations in: PO, XLIFF, TMX; glossaries: TBX, CSV\n"
	                    "  give            write the passages of a story, or with --from of all and of what the paper says of itself\n"
	                    "  --from LANG     the language that they are translated from, where no story says it\n"
	                    "  --format NAME   po, xliff, tmx, tbx or csv\n" JSON },
	{ "user", DATA "  add             make an account; its password is asked for, or read from the standard input\n"
	               "  invite          make a link with which somebody makes an account\n"
	               "  list            show all accounts\n"
	               "  role            give an account another role\n"
	               "  byline          say whose byline somebody writes under: a person's name, or the end of their page's address\n"
	               "  disable         end its sessions and let nobody in with it; enable takes that back\n"
	               "  reset-password  ask for a new password and end all sessions\n"
	               "  sessions        show where somebody is signed in\n"
	               "  --role ROLE     contributor, author, translator, editor or administrator\n"
	               "  --name NAME     as colleagues see it; otherwise what stands before the @\n"
	               "  --lang LANG     of the desk\n"
	               "  --link          make a link to set a password with, instead of asking for one\n"
	               "  --nobody        take the byline away\n"
	               "  --no-factor     also take the second factor away, for somebody who lost it\n"
	               "  --end           end all of these sessions\n" JSON },
	{ "verify", DATA JSON },
	{ "theme", "  render TEMPLATE  write what this Mustache template makes of the data\n"
	           "  --json FILE     the data\n"
	           "  --partials DIR  a folder of templates that it may name\n" },
	{ "help", "  COMMAND         one of those that 'broadsheet help' lists\n" },
};

const char *bs_explain(const char *command)
{
	for (size_t i = 0; i < BS_COUNT(explained); i++) {
		if (strcmp(explained[i].command, command) == 0)
			return explained[i].text;
	}
	return "";
}
