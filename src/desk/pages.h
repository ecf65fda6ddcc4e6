/* pages.h - the desk's pages: two functions at most for each, in the file that is named beside them. Private to the room. */
#ifndef BS_DESK_PAGES_H
#define BS_DESK_PAGES_H

#include "desk/files.h"
#include "desk/frame.h"

struct bs_desk {
	struct bs_desk_options options;
	struct bs_desk_files *files;
	struct bs_policy policy;
	struct bs_here *here; /* who writes on what (copy/here.h) */
	struct bs_events *events; /* what is told to open pages (copy/events.h) */
	struct bs_route *routes;
	size_t route_count;
};

extern const struct bs_desk_route bs_desk_pages[];
extern const size_t bs_desk_page_count;

/* What `handle` of the server's routes is: the way of a visit through the door. */
void bs_desk_handle(struct bs_request *request, void *desk);

#define BS_DESK_SHOW(name) enum bs_rc bs_desk_##name##_show(struct bs_visit *visit, struct bs_err *err)
#define BS_DESK_ACT(name) enum bs_rc bs_desk_##name##_act(struct bs_visit *visit, struct bs_err *err)

BS_DESK_SHOW(asset);    /* asset.c */
BS_DESK_SHOW(sign_in);  /* sign_in.c */
BS_DESK_ACT(sign_in);
BS_DESK_ACT(sign_in_code);
BS_DESK_ACT(sign_out);
BS_DESK_SHOW(join);     /* join.c */
BS_DESK_ACT(join);
BS_DESK_SHOW(me);       /* me/me.c */
BS_DESK_ACT(me);
BS_DESK_ACT(me_password);
BS_DESK_ACT(me_sessions);
BS_DESK_SHOW(factor);   /* me/factor.c */
BS_DESK_ACT(factor);
BS_DESK_SHOW(accounts); /* staff/accounts.c */
BS_DESK_ACT(accounts);
BS_DESK_SHOW(account);  /* staff/account.c */
BS_DESK_ACT(account);
BS_DESK_SHOW(audit);    /* staff/audit.c */
BS_DESK_SHOW(pictures); /* picture/pictures.c */
BS_DESK_ACT(pictures);
BS_DESK_SHOW(picture);  /* picture/picture.c */
BS_DESK_ACT(picture);
BS_DESK_SHOW(home);     /* paper/home.c */
BS_DESK_ACT(home);
BS_DESK_SHOW(home_preview);
BS_DESK_SHOW(menus);    /* paper/menus.c */
BS_DESK_ACT(menus);
BS_DESK_SHOW(notices);  /* paper/notices.c */
BS_DESK_SHOW(notice);
BS_DESK_ACT(notice);
BS_DESK_SHOW(settings); /* paper/settings.c */
BS_DESK_ACT(settings);
BS_DESK_SHOW(terms);    /* paper/terms.c */
BS_DESK_SHOW(term);
BS_DESK_ACT(term);
BS_DESK_SHOW(people);   /* paper/people.c */
BS_DESK_SHOW(person);
BS_DESK_ACT(person);
BS_DESK_SHOW(stories);  /* stories.c */
BS_DESK_SHOW(bare);
BS_DESK_SHOW(story);    /* story.c */
BS_DESK_ACT(story);
BS_DESK_ACT(copy);       /* copy/copy.c */
BS_DESK_ACT(copy_discard);
BS_DESK_SHOW(copy_events); /* copy/events.c */
BS_DESK_ACT(copy_here);  /* copy/here.c */
BS_DESK_SHOW(copy_preview); /* copy/preview.c */
BS_DESK_SHOW(copy_share);
BS_DESK_ACT(copy_hints); /* flow/style.c */
BS_DESK_ACT(copy_text);  /* copy/text.c */
BS_DESK_SHOW(copy_picture); /* copy/picture.c */
BS_DESK_SHOW(correct);   /* correct.c */
BS_DESK_ACT(correct);
BS_DESK_SHOW(revisions); /* revisions.c */
BS_DESK_ACT(revisions);
BS_DESK_SHOW(compare);
BS_DESK_SHOW(preview);
BS_DESK_SHOW(share);
BS_DESK_SHOW(grid);     /* translate/grid_page.c */
BS_DESK_SHOW(back);     /* translate/back.c */
BS_DESK_SHOW(sheet);    /* translate/sheet.c */
BS_DESK_ACT(sheet);
BS_DESK_SHOW(remarks);   /* flow/remarks.c */
BS_DESK_ACT(remarks);
BS_DESK_SHOW(rules);     /* flow/rules.c */
BS_DESK_ACT(rules);
BS_DESK_SHOW(suggest);   /* flow/suggest.c */

#endif
