/* names.h - every name that a view has, as a constant: BS_N_title is the symbol of "title" in every template set.
 *
 * The list is the contract with theme makers (docs/handbook/themes.md explains each); a name used here and missing there
 * fails a test. Ids count from 1 in this order, which is how bs_view_symbols interns them. */
#ifndef BS_PAGE_NAMES_H
#define BS_PAGE_NAMES_H

#include "text/value.h"

#define BS_VIEW_NAMES(X) \
	X(address) X(alt) X(alternates) X(archive) X(asked) X(author_line) X(authors) X(authors_label) X(bio) X(body) X(byline) \
	X(canonical) X(caption) X(card) X(cards) X(channels) X(children) X(citations) X(code) X(contacts) X(content) \
	X(corrections) X(corrections_label) X(count) X(credit) X(css) X(current) X(date) X(day) X(days) X(description) X(dir) \
	X(edition) X(elsewhere) X(entries) X(error) X(feeds) X(first) X(focus) X(footer) X(foreign) X(forms) X(groups) \
	X(has_alternates) X(has_authors) X(has_byline) X(has_cards) X(has_channels) X(has_children) X(has_citations) \
	X(has_contacts) X(has_corrections) X(has_days) X(has_elsewhere) X(has_entries) X(has_feeds) X(has_forms) X(has_groups) \
	X(has_items) X(has_latest) X(has_links) X(has_meta) X(has_months) X(has_named) X(has_nav) X(has_networks) X(has_notices) \
	X(has_notices_after) X(has_notices_before) X(has_notices_end) X(has_offers) X(has_orders) X(has_pages) X(has_parents) \
	X(has_people) X(has_related) X(has_seconds) X(has_subjects) X(has_terms) X(has_years) X(head) X(height) X(home) X(image) \
	X(image_credit) X(iso) X(items) X(job) X(json_ld) X(kind) X(label) X(lang) X(languages) X(latest) X(layout) X(lead) \
	X(licence) X(line) X(link) X(links) X(listing) X(mail) X(media_contact) X(meta) X(month) X(months) X(more) X(msg) \
	X(name) X(named) X(nav) X(near) X(networks) X(next) X(none) X(note) X(notices) X(notices_after) X(notices_before) X(notices_end) \
	X(offers) X(orders) X(page) X(pages) X(pagination) X(parents) X(people) X(permission) X(person) X(portrait) X(preload) \
	X(previous) X(published) X(published_line) X(query) X(reason) X(related) X(rights) X(robots) X(role) X(search) \
	X(seconds) X(section) X(share) X(short) X(since) X(site) X(slug) X(source) X(src) X(standfirst) X(story) X(subjects) X(tagline) \
	X(tall) X(tell_us) X(template) X(terms) X(text) X(title) X(translation) X(type) X(updated) X(updated_line) X(url) \
	X(vocabulary) X(webp) X(width) X(within) X(year) X(years)

enum bs_view_name {
	BS_N_ = 0, /* no name */
#define BS_VIEW_NAME(name) BS_N_##name,
	BS_VIEW_NAMES(BS_VIEW_NAME)
#undef BS_VIEW_NAME
	BS_N_count_
};

/* A table of symbols that begins with all of these. */
struct bs_symbols *bs_view_symbols(void);

#endif
