/* xml.c - see xml.h. */
#include "site/machine/xml.h"

#include "base/sys.h"

void bs_xml_element(struct bs_buf *out, const char *name, struct bs_str text)
{
	struct bs_str open = bs_str_c(name), rest = open, bare;

	if (text.len == 0)
		return;
	(void)bs_str_split(&rest, ' ', &bare);
	bs_buf_putc(out, '<');
	bs_out_raw(out, open); /* a literal of this program */
	bs_buf_putc(out, '>');
	bs_out_xml(out, text);
	bs_buf_lit(out, "</");
	bs_out_raw(out, bare); /* as above */
	bs_buf_lit(out, ">\n");
}

void bs_xml_attr(struct bs_buf *out, const char *name, struct bs_str value)
{
	if (value.len == 0)
		return;
	bs_buf_putc(out, ' ');
	bs_out_raw(out, bs_str_c(name)); /* a literal of this program */
	bs_buf_lit(out, "=\"");
	bs_out_xml(out, value);
	bs_buf_putc(out, '"');
}

void bs_xml_time(struct bs_buf *out, const char *name, int64_t time)
{
	char iso[BS_TIME_ISO_MAX];

	bs_xml_element(out, name, bs_time_iso(time, iso));
}
