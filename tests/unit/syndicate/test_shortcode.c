/* test_shortcode.c - other tools' marks in Markdown become what they mean; none is left as it stands. */
#include "tests/unit/unit.h"

#include "base/sys.h"
#include "syndicate/import/read/shortcode.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_remarks remarks;
	struct bs_err err;
	struct bs_str out;
};

#include "tests/unit/syndicate/reading.h"

static struct bs_str address(void *ctx, struct bs_str target)
{
	(void)ctx;
	return bs_str_eq(target, BS_STR("2013-04-30-apis.md")) ? BS_STR("/2013/04/apis") : (struct bs_str){ 0 };
}

static enum bs_rc resolve(struct fixture *f, const char *text)
{
	struct bs_references refs = { .address = address };

	f->remarks = BS_REMARKS(f->arena);
	return bs_shortcodes_resolve(f->arena, bs_str_c(text), 5, &refs, &f->out, &f->remarks, &f->err);
}

static void each_mark_becomes_what_it_means(void **state)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
		{ "{{< figure src=\"a b.jpg\" alt=\"A [1]\" caption=\"The \\\"Sisu\\\"\" attr=\"Jo\" >}}",
		  "![A \\[1\\]](<a b.jpg> \"The \\\"Sisu\\\" \xE2\x80\x94 credit: Jo\")" },
		{ "{{< legacy-img-right src=\"2014/10/a.jpg\" alt=\"A\" caption=\"\" >}}", "![A](<2014/10/a.jpg>)" },
		{ "{{< youtube w7Ft2ymGmfc >}}",
		  "[https://www.youtube.com/watch?v=w7Ft2ymGmfc](<https://www.youtube.com/watch?v=w7Ft2ymGmfc>)" },
		{ "{{< youtube id=\"w7F\" title=\"A film\" >}}", "[A film](<https://www.youtube.com/watch?v=w7F>)" },
		{ "{{< vimeo 1 >}}", "[https://vimeo.com/1](<https://vimeo.com/1>)" },
		{ "{{< tweet user=\"A\" id=\"9\" >}}",
		  "[https://twitter.com/A/status/9](<https://twitter.com/A/status/9>)" },
		{ "{{% note %}}Mind **this**.{{% /note %}}", "<aside>\n\nMind **this**.\n\n</aside>" },
		{ "{{< box >}}\n{{< note >}}In.{{< /note >}}\n{{< /box >}}",
		  "<aside>\n\n<aside>\n\nIn.\n\n</aside>\n\n</aside>" },
		{ "{{< ring title=\"Case\">}}Text{{< /ring >}}", "<aside>\n\n**Case**\n\nText\n\n</aside>" },
		{ "{{< quote-block text=\"Trust.\" cite=\"A. L.\" >}}", "> Trust.\n>\n> \xE2\x80\x94 A. L." },
		{ "see [x]({{< ref \"2013-04-30-apis.md\" >}} \"T\")", "see [x](/2013/04/apis \"T\")" },
		{ "see [x]({{% relref \"gone.md\" %}})", "see [x](#)" },
		{ "<a href=\"{{< ref \"gone.md\" >}}\">x</a>", "<a href=\"#\">x</a>" },
		{ "a {{< highlight >}}marked{{< /highlight >}} word", "a marked word" },
		{ "{{< highlight go >}}\nfunc\n{{< /highlight >}}", "~~~~go\n\nfunc\n\n~~~~" },
		{ "{{< accordion title=\"More\" >}}Text{{< /accordion >}}", "**More**\n\nText" },
		{ "{{< button href=\"https://a.example/\" text=\"Go\" >}}", "[Go](<https://a.example/>)" },
		{ "- item {{< img src=\"a.png\" alt=\"A\" >}}", "- item ![A](<a.png>)" },
		{ "_[{{< img src=\"a.png\" alt=\"A\" >}}](https://a.example/a.png)Words_",
		  "_[![A](<a.png>)](https://a.example/a.png)Words_" },
		{ "<p>\n  <a href=\"https://a.example/\">{{< img src=\"a b.png\" alt=\"A \\\"B\\\"\" >}}</a>\n</p>",
		  "<p>\n  <a href=\"https://a.example/\"><img src=\"a b.png\" alt=\"A &quot;B&quot;\"></a>\n</p>" },
		{ "<td>{{< figure src=\"a.png\" alt=\"A\" caption=\"C\" credit=\"Jo\" >}}</td>",
		  "<td><figure><img src=\"a.png\" alt=\"A\"><figcaption>C <span "
		  "class=\"credit\">Jo</span></figcaption></figure></td>" },
		{ "<div>\n{{< youtube w7F >}}\n</div>",
		  "<div>\n<a href=\"https://www.youtube.com/watch?v=w7F\">https://www.youtube.com/watch?v=w7F</a>\n</div>" },
		{ "{% include figure.html src=\"/a.png\" alt=\"A\" %}", "![A](</a.png>)" },
		{ "[x]({{ site.baseurl }}/b) ![y]({{ \"/c.png\" | relative_url }})", "[x](/b) ![y](/c.png)" },
		{ "[x]({% post_url 2013-04-30-apis.md %})", "[x](/2013/04/apis)" },
		{ "{% raw %}{{ x }}{% endraw %}", "{{ x }}" },
		{ "`{{ secrets.X }}` and\n```\n{% if %}\n```", "`{{ secrets.X }}` and\n```\n{% if %}\n```" },
		{ "{% comment %}no{% endcomment %}yes", "yes" },
		{ "# Title {#id}\n\nText\n{: .lead}", "# Title \n\nText\n" },
		{ "write {{</* youtube w7F */>}} or {{%/* note */%}}", "write {{\\< youtube w7F >}} or {{% note %}}" },
		{ "```\n{{</* x */>}}\n```", "```\n{{< x >}}\n```" },
		{ "nothing { here }", "nothing { here }" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < BS_COUNT(cases); i++) {
		assert_ok(resolve(f, cases[i].from), &f->err);
		if (!bs_str_eq(bs_str_trim(f->out), bs_str_trim(bs_str_c(cases[i].to))))
			fail_msg("%s\nbecame\n%.*s", cases[i].from, (int)f->out.len, f->out.ptr);
	}
}

static void what_is_unknown_is_told_with_its_line(void **state)
{
	struct fixture *f = *state;

	assert_ok(resolve(f, "one\n\n{{< sparkle >}}\n{{< glitter >}}Text{{< /glitter >}}\n{{ page.title }}\n[x]({{< "
	                     "ref \"y.md\" >}})\n"),
	          &f->err);
	assert_true(bs_str_find(f->out, BS_STR("{{"), 0) == SIZE_MAX);
	assert_true(bs_str_find(f->out, BS_STR("Text"), 0) != SIZE_MAX);
	assert_int_equal(f->remarks.count, 4);
	assert_str(f->remarks.items[0].subject, "sparkle");
	assert_int_equal(f->remarks.items[0].line, 7);
	assert_str(f->remarks.items[1].subject, "glitter");
	assert_str(f->remarks.items[2].subject, "{{ page.title }}");
	assert_int_equal(f->remarks.items[3].kind, BS_REMARK_REFERENCE);
	assert_str(f->remarks.items[3].subject, "y.md");
	assert_int_equal(f->remarks.items[3].line, 10);
}

static void hostile_texts_are_read_in_time(void **state)
{
	static const char *const parts[] = { "{{< a >}}", "{{<", "{%",       "{{< /a >}}", "{{< a \"",
		                             "{{",        "{:",  "`{{ x }}", "{% raw %}" };
	struct fixture *f = *state;
	int64_t start = bs_monotonic_usec();

	for (size_t i = 0; i < BS_COUNT(parts); i++) {
		struct bs_buf text = BS_BUF(1 << 20);

		while (text.len < 30000)
			bs_buf_put(&text, bs_str_c(parts[i]));
		bs_buf_putc(&text, '\0');
		assert_ok(resolve(f, text.data), &f->err);
		bs_buf_free(&text);
	}
	assert_true(bs_monotonic_usec() - start < 20 * 1000000LL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_mark_becomes_what_it_means, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_unknown_is_told_with_its_line, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_texts_are_read_in_time, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
