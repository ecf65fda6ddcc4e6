/* setting_check.h - what a setting may hold, for settings.c alone; everybody else calls bs_setting_check (catalog.h). Pure. */
#ifndef BS_NEWSROOM_SETTING_CHECK_H
#define BS_NEWSROOM_SETTING_CHECK_H

#include "newsroom/catalog.h"

/* `name` is that of `setting`, or of it in a language. BS_INVALID or BS_LIMIT: *fault and err say what is wrong. */
enum bs_rc bs_setting_check_value(const struct bs_setting *setting, struct bs_str name, struct bs_str value, struct bs_setting_fault *fault,
                                  struct bs_err *err) BS_CHECK;

#endif
