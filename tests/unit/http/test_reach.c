/* test_reach.c - which addresses are somebody's on the public internet. */
#include <arpa/inet.h>
#include <sys/socket.h>

#include "http/internal.h"
#include "tests/unit/unit.h"

static enum bs_reach_of_address of(const char *text)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return bs_reach_of_address((const struct sockaddr *)(const void *)&v4);
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return bs_reach_of_address((const struct sockaddr *)(const void *)&v6);
}

static void addresses_of_houses_links_and_books_are_not_public(void **state)
{
	static const char *const texts[] = { "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "169.254.169.254", "172.16.0.1",
		"172.31.255.255",
		"192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "fe80::1",
		"fc00::1", "fd12:3456::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe", "2002:c0a8:0101::1", "2001:db8::1", "2001::1",
		"3fff::1", "100::1", "5f00::1" };

	(void)state;
	for (size_t i = 0; i < BS_COUNT(texts); i++)
		assert_int_equal(of(texts[i]), BS_ADDRESS_PRIVATE);
}

static void addresses_of_this_machine_are_told_apart(void **state)
{
	static const char *const texts[] = { "127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1" };

	(void)state;
	for (size_t i = 0; i < BS_COUNT(texts); i++)
		assert_int_equal(of(texts[i]), BS_ADDRESS_LOCAL);
}

static void what_is_given_out_is_public(void **state)
{
	static const char *const texts[] = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
		"192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
		"64:ff9b::808:808", "2002:808:808::1", "2001:4860::8888" };

	(void)state;
	for (size_t i = 0; i < BS_COUNT(texts); i++)
		assert_int_equal(of(texts[i]), BS_ADDRESS_PUBLIC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_of_houses_links_and_books_are_not_public),
		cmocka_unit_test(addresses_of_this_machine_are_told_apart),
		cmocka_unit_test(what_is_given_out_is_public),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
