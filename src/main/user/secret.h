/* secret.h - a password from the keyboard or standard input; never from the arguments, where other users of the machine see it. */
#ifndef BS_MAIN_SECRET_H
#define BS_MAIN_SECRET_H

#include "base/mem.h"

/* From a terminal: asked for without echo, twice, and the two compared. Otherwise: the first line of standard input. In the arena.
 *   BS_INVALID  the two differ, or there is none
 *   BS_LIMIT    longer than BS_MAX_PASSWORD */
enum bs_rc bs_secret_read(struct bs_arena *arena, struct bs_str *out, struct bs_err *err) BS_CHECK;

#endif
