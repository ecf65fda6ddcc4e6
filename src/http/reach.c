/* reach.c - which addresses of the internet protocols are somebody's on the public internet; see client.h. */
#include <netinet/in.h>
#include <sys/socket.h>

#include "http/internal.h"

struct range4 {
	uint32_t first; /* host order */
	int bits;
};

/* What IANA's registry of special addresses (RFC 6890 and its successors) does not give to machines that anybody can reach. */
static const struct range4 special4[] = {
	{ 0x00000000, 8 },  { 0x0A000000, 8 },  { 0x64400000, 10 }, { 0x7F000000, 8 },  { 0xA9FE0000, 16 }, { 0xAC100000, 12 },
	{ 0xC0000000, 24 }, { 0xC0000200, 24 }, { 0xC0586300, 24 }, { 0xC0A80000, 16 }, { 0xC6120000, 15 }, { 0xC6336400, 24 },
	{ 0xCB007100, 24 }, { 0xE0000000, 4 },  { 0xF0000000, 4 },
};

static enum bs_reach_of_address of_v4(uint32_t address)
{
	if (address >> 24 == 127)
		return BS_ADDRESS_LOCAL;
	for (size_t i = 0; i < BS_COUNT(special4); i++) {
		if (((address ^ special4[i].first) >> (32 - special4[i].bits)) == 0)
			return BS_ADDRESS_PRIVATE;
	}
	return BS_ADDRESS_PUBLIC;
}

static uint32_t v4_at(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Of the addresses that hold one of IPv4 (mapped, NAT64, 6to4), that one decides. Else only 2000::/3 is given out. */
static enum bs_reach_of_address of_v6(const struct in6_addr *address)
{
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
	const uint8_t *bytes = address->s6_addr;

	if (IN6_IS_ADDR_LOOPBACK(address))
		return BS_ADDRESS_LOCAL;
	if (IN6_IS_ADDR_V4MAPPED(address) || memcmp(bytes, nat64, sizeof(nat64)) == 0)
		return of_v4(v4_at(bytes + 12));
	if (bytes[0] == 0x20 && bytes[1] == 0x02)
		return of_v4(v4_at(bytes + 2));
	/* 2001:0000::/23 is for protocols, 2001:db8::/32 and 3fff::/20 for books. */
	if (bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] < 2 || (bytes[2] == 0x0d && bytes[3] == 0xb8)))
		return BS_ADDRESS_PRIVATE;
	if (bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10)
		return BS_ADDRESS_PRIVATE;
	return (bytes[0] & 0xE0) == 0x20 ? BS_ADDRESS_PUBLIC : BS_ADDRESS_PRIVATE;
}

enum bs_reach_of_address bs_reach_of_address(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return of_v4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
	if (address->sa_family == AF_INET6)
		return of_v6(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
	return BS_ADDRESS_PRIVATE;
}
