/* coded.h - markup with its tags as the inline codes of XLIFF and TMX.
 *
 *   XLIFF 2.1 (OASIS, 2018)   <pc id="1" dataRefStart="d1" dataRefEnd="e1">…</pc>, <ph id="2" dataRef="d2"/>; the tags themselves in
 *                             the unit's <originalData>
 *   TMX 1.4b (LISA OSCAR)     <bpt i="1">&lt;em&gt;</bpt>…<ept i="1">&lt;/em&gt;</ept>, <ph x="2">&lt;br&gt;</ph>
 *   XLIFF 1.2 (OASIS, 2008)   read alone: bpt, ept, ph, it, and text that is markup as it stands, as Translate Toolkit makes it of PO
 *
 * Pure; safe from any thread. */
#ifndef BS_TRANSLATE_FILES_CODED_H
#define BS_TRANSLATE_FILES_CODED_H

#include "translate/engine/inlines.h"
#include "translate/files/xml.h"

enum bs_coding { BS_CODING_XLIFF, BS_CODING_TMX };

/* Number the elements of a translation as those of its passage are that they stand for. Others get numbers behind those. */
void bs_coded_align(const struct bs_inlines *source, struct bs_inlines *target);
/* <data> for each number, those of the target that the source does not have included. */
void bs_coded_write_data(struct bs_buf *out, const struct bs_inlines *source, const struct bs_inlines *target);
void bs_coded_write(struct bs_buf *out, enum bs_coding coding, const struct bs_inlines *pieces);

/* The markup of a <source>, <target> or <seg>. `data` is the unit's <originalData> or NULL; with `raw` texts are markup as they stand.
 * BS_INVALID: a code that does not say what it stands for; err->text begins with its line. */
enum bs_rc bs_coded_read(struct bs_arena *arena, const struct bs_element *element, const struct bs_element *data, bool raw,
                         struct bs_str *out, struct bs_err *err) BS_CHECK;

#endif
