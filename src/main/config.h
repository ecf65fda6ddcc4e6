/* config.h - broadsheet.conf (INI). */
#ifndef BS_MAIN_CONFIG_H
#define BS_MAIN_CONFIG_H

#include "main/house.h"

/* BS_NOT_FOUND no such file; BS_INVALID with file and line: an unknown key or a value it cannot have. */
enum bs_rc bs_config_read(const char *path, struct bs_config *out, struct bs_err *err) BS_CHECK;

#endif
