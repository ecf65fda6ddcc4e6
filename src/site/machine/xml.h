/* xml.h - writing XML 1.0: text goes out escaped, and nothing else takes text. */
#ifndef BS_SITE_MACHINE_XML_H
#define BS_SITE_MACHINE_XML_H

#include "text/out.h"

/* <name>text</name>; nothing when the text is empty. `name` is a literal, which may hold attributes. */
void bs_xml_element(struct bs_buf *out, const char *name, struct bs_str text);
/*  name="value", behind an open tag's name; nothing when the value is empty. */
void bs_xml_attr(struct bs_buf *out, const char *name, struct bs_str value);
/* A time as RFC 3339. */
void bs_xml_time(struct bs_buf *out, const char *name, int64_t time);

#endif
