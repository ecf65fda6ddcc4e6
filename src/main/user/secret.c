/* secret.c - see secret.h. */
#include "main/user/secret.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "base/limits.h"

/* One line of standard input, without its end; read byte by byte, so that nothing behind it is taken. */
static enum bs_rc line_read(struct bs_arena *arena, struct bs_str *out, struct bs_err *err)
{
	char *text = bs_arena_alloc(arena, BS_MAX_PASSWORD + 2);
	size_t len = 0;
	char c;

	while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n') {
		if (len > BS_MAX_PASSWORD)
			return bs_fail(err, BS_LIMIT, "a password has %d bytes at most", BS_MAX_PASSWORD);
		text[len++] = c;
	}
	if (len > 0 && text[len - 1] == '\r')
		len--;
	*out = bs_str_n(text, len);
	return len > 0 ? BS_OK : bs_fail(err, BS_INVALID, "there is no password on standard input");
}

static enum bs_rc ask(struct bs_arena *arena, const char *what, struct bs_str *out, struct bs_err *err)
{
	enum bs_rc rc;

	fputs(what, stderr);
	rc = line_read(arena, out, err);
	fputc('\n', stderr);
	return rc;
}

enum bs_rc bs_secret_read(struct bs_arena *arena, struct bs_str *out, struct bs_err *err)
{
	struct termios usual, silent;
	struct bs_str again;
	enum bs_rc rc;

	if (tcgetattr(STDIN_FILENO, &usual) != 0)
		return line_read(arena, out, err);
	silent = usual;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	rc = ask(arena, "Password: ", out, err);
	if (rc == BS_OK)
		rc = ask(arena, "Once more: ", &again, err);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
	if (rc == BS_OK && !bs_str_eq(*out, again))
		rc = bs_fail(err, BS_INVALID, "the two are not the same");
	return rc;
}
