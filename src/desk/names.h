/* names.h - every name that a view of the desk has, as a constant: BS_D_title is the symbol of "title" in its templates. One a line,
 * sorted, so that additions from several hands merge. */
#ifndef BS_DESK_NAMES_H
#define BS_DESK_NAMES_H

#include "text/value.h"

#define BS_DESK_NAMES(X) \
	X(accept) \
	X(account) \
	X(accounts) \
	X(action) \
	X(actions) \
	X(address) \
	X(agent) \
	X(autocomplete) \
	X(back) \
	X(base) \
	X(before) \
	X(body) \
	X(by) \
	X(byline) \
	X(cells) \
	X(changed) \
	X(checked) \
	X(choices) \
	X(claim) \
	X(code) \
	X(codes) \
	X(columns) \
	X(content) \
	X(count) \
	X(csrf) \
	X(css) \
	X(current) \
	X(detail) \
	X(dir) \
	X(done) \
	X(engines) \
	X(error) \
	X(errors) \
	X(fields) \
	X(filters) \
	X(flow) \
	X(foot) \
	X(form) \
	X(from) \
	X(from_dir) \
	X(gone) \
	X(groups) \
	X(hands) \
	X(has_accounts) \
	X(has_actions) \
	X(has_cells) \
	X(has_codes) \
	X(has_fields) \
	X(has_filters) \
	X(has_groups) \
	X(has_invitations) \
	X(has_items) \
	X(has_lists) \
	X(has_nav) \
	X(has_notices) \
	X(has_parts) \
	X(has_rows) \
	X(has_scripts) \
	X(has_suggestions) \
	X(has_terms) \
	X(head) \
	X(hidden) \
	X(hint) \
	X(href) \
	X(id) \
	X(image) \
	X(intro) \
	X(invitations) \
	X(is_area) \
	X(is_check) \
	X(is_here) \
	X(is_input) \
	X(is_select) \
	X(iso) \
	X(items) \
	X(kept) \
	X(kind) \
	X(label) \
	X(lang) \
	X(lead) \
	X(left) \
	X(line) \
	X(lines) \
	X(link) \
	X(list) \
	X(lists) \
	X(main) \
	X(max) \
	X(me) \
	X(method) \
	X(more) \
	X(msg) \
	X(name) \
	X(nav) \
	X(newer) \
	X(none) \
	X(note) \
	X(notices) \
	X(older) \
	X(options) \
	X(pagination) \
	X(parts) \
	X(path) \
	X(pending) \
	X(preview) \
	X(progress) \
	X(public) \
	X(public_id) \
	X(qr) \
	X(reason) \
	X(required) \
	X(revision) \
	X(right) \
	X(role) \
	X(rows) \
	X(rtl) \
	X(said) \
	X(schedule) \
	X(score) \
	X(scripts) \
	X(secret) \
	X(section) \
	X(seen) \
	X(selected) \
	X(sessions) \
	X(show) \
	X(since) \
	X(site) \
	X(source) \
	X(src) \
	X(status) \
	X(story) \
	X(suggestions) \
	X(tabs) \
	X(target) \
	X(terms) \
	X(text) \
	X(theirs) \
	X(time) \
	X(title) \
	X(to) \
	X(to_dir) \
	X(tone) \
	X(translations) \
	X(type) \
	X(until) \
	X(uri) \
	X(use) \
	X(value) \
	X(view) \
	X(wait) \
	X(when) \
	X(who) \
	X(window_title) \
	X(withdraw) \
	X(words) \
	X(write)

enum bs_desk_name {
	BS_D_ = 0, /* no name */
#define BS_DESK_NAME(name) BS_D_##name,
	BS_DESK_NAMES(BS_DESK_NAME)
#undef BS_DESK_NAME
	BS_D_count_
};

/* A table of symbols that begins with all of these. */
struct bs_symbols *bs_desk_symbols(void);

#endif
