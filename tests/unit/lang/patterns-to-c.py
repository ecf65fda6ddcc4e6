"""Every message as ICU wants it, in C, for the test that has ICU format them: patterns-to-c.py TOOLS LOCALE OUT.c DEPFILE"""

import sys

sys.path.insert(0, sys.argv[1])
import catalogue  # noqa: E402


def numbered(nodes, places):
	"""The pattern with numbers in place of names, which is all that ICU's C interface knows."""
	out = ''
	for node in nodes:
		if isinstance(node, str):
			out += node
		elif node[0] == '#':
			out += '#'
		elif node[0] == 'plural':
			out += f'{{{places[node[1]]}, plural, ' + ' '.join(f'{k} {{{numbered(v, places)}}}' for k, v in node[2].items()) + '}'
		else:
			out += f'{{{places[node[1]]}{", number" if node[0] == "number" else ""}}}'
	return out


def main():
	languages = catalogue.load(sys.argv[2])
	out = ['#include "patterns.h"', '', 'const struct pattern patterns[] = {']
	for language in languages:
		for name, message in language.messages.items():
			kinds = catalogue.parameters(languages[0].messages[name].nodes)
			places = {parameter: i for i, parameter in enumerate(kinds)}
			types = ''.join('s' if kind == 'text' else 'd' for kind in kinds.values())
			constant = 'BS_MSG_' + name.replace('.', '_').replace('-', '_')
			out.append(f'\t{{ "{language.code}", {constant}, "{types}", "{numbered(message.nodes, places)}" }},')
	out += ['};', 'const size_t pattern_count = BS_COUNT(patterns);', '', 'const struct needed_plurals needed_plurals[] = {']
	out += [f'\t{{ "{code}", "{" ".join(categories)}", "{" ".join(catalogue.alone(code))}" }},'
		for code, categories in catalogue.PLURALS.items()]
	out += ['};', 'const size_t needed_plural_count = BS_COUNT(needed_plurals);', '']
	with open(sys.argv[3], 'w', encoding='utf-8') as file:
		file.write('\n'.join(out))
	with open(sys.argv[4], 'w', encoding='utf-8') as file:
		file.write(f'{sys.argv[3]}: {sys.argv[2]} {catalogue.__file__} {" ".join(str(language.path) for language in languages)}\n')


main()
