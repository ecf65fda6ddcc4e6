// Markup that wants to run a script, by kind: { kind: [html] }. Each calls alert(1) when it gets its way, in today's Chromium or in
// another browser, of today or long gone: a sanitiser has no browser to lean on.

const call = 'alert(1)'
const each = (list, make) => list.flatMap(make)

const tags = ['p', 'a', 'td', 'custom-element']
const handlers = ['onclick', 'onmouseover', 'onfocus', 'onerror', 'onload', 'ontoggle', 'onanimationstart', 'onpointerenter', 'onbeforeinput',
	'onscroll', 'onwheel', 'oncopy', 'onauxclick', 'onbeforematch', 'onsecuritypolicyviolation']
const gaps = [' ', '\t', '\n', '\f', '/', ' / ', '\r\n', ' x="" ', ' x=\'\'/']
const values = [call, `"${call}"`, `'${call}'`, '&#97;lert(1)', '"&#x61;&#x6c;ert(1)"', 'alert&lpar;1&rpar;', 'alert`1`']

const schemes = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', '\x01javascript:alert(1)', 'java\tscript:alert(1)',
	'java\nscript:alert(1)', 'java&#9;script:alert(1)', 'java&NewLine;script:alert(1)', '&#106;avascript:alert(1)', '&#x6A&#x61vascript:alert(1)',
	'javascript&colon;alert(1)', 'javascript&#58;alert(1)', 'javascript&#0000058alert(1)', 'javascript://%0aalert(1)', 'javascript:/*x*/alert(1)',
	'vbscript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
	'data:image/svg+xml,<svg onload=alert(1)>', 'view-source:javascript:alert(1)', 'feed:javascript:alert(1)', 'blob:javascript:alert(1)',
	'jar:javascript:alert(1)', '\u00a0javascript:alert(1)', '\u2028javascript:alert(1)', 'javascript\u200b:alert(1)', 'livescript:alert(1)']
const places = [url => `<a href="${url}">x</a>`, url => `<img src="${url}">`, url => `<form action="${url}"><button>x</button></form>`,
	url => `<iframe src="${url}"></iframe>`, url => `<form><input type=submit formaction="${url}"></form>`, url => `<object data="${url}"></object>`,
	url => `<blockquote cite="${url}">x</blockquote>`, url => `<base href="${url}"><a href=x>x</a>`]

const foreign = ['svg', 'math']
const breakers = ['style', 'title', 'textarea', 'noscript', 'xmp', 'noembed', 'noframes', 'iframe', 'script', 'plaintext', 'template', 'select',
	'table', 'option', 'mglyph', 'desc', 'foreignObject', 'annotation-xml']

export const hostile = {
	elements: [`<script>${call}</script>`, `<ScRiPt >${call}</sCrIpT >`, `<script\n>${call}</script\t>`, `<script/x>${call}</script>`,
		`<scr<script>ipt>${call}</scr</script>ipt>`, `<<script>${call}//<</script>`, `<script src=data:,${call}></script>`,
		`<script type=module>${call}</script>`,
		`<script>${call}`, `<link rel=stylesheet href=data:,*{x:expression(${call})}>`,
		`<meta http-equiv=refresh content="0;url=javascript:${call}">`,
		`<style>@import "javascript:${call}";</style>`, `<embed src="javascript:${call}">`,
		`<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
		`<object type=text/html data="data:text/html,<script>${call}</script>"></object>`, `<applet code=x onerror=${call}>`,
		`<frameset onload=${call}>`, `<body onload=${call}>`, `<isindex action=javascript:${call} type=image>`,
		`<marquee onstart=${call}>x</marquee>`,
		`<video onerror=${call} src=x></video>`, `<video><source onerror=${call} src=x></video>`, `<audio src=x onerror=${call}>`,
		`<details open ontoggle=${call}>x</details>`, `<input autofocus onfocus=${call}>`, `<select autofocus onfocus=${call}>`,
		`<textarea autofocus onfocus=${call}>`, `<dialog open onclose=${call}><form method=dialog><button>x</button></form></dialog>`,
		`<image src=x onerror=${call}>`, `<portal src="javascript:${call}">`,
		`<div popover id=p onbeforetoggle=${call}>x</div><button popovertarget=p>x</button>`],
	attributes: [...each(handlers, on => each(tags, tag => [`<${tag} ${on}=${call} tabindex=0>x</${tag}>`])),
		...each(gaps, gap => each(values, value => [`<img src=x${gap}onerror=${value}>`])),
		`<img src=x: alt="x" onerror\n=\n${call}>`, `<img """><script>${call}</script>">`, `<img src="x\`><script>${call}</script>"\`>`,
		`<p style="x:expression(${call})">x</p>`, `<p style="background:url(javascript:${call})">x</p>`,
		`<p style="-moz-binding:url(data:,${call})">x</p>`,
		`<img src=x alt='" onerror="${call}'>`, `<img alt="\`onerror=${call}" src=x>`, `<a title='"><img src=x onerror=${call}>'>x</a>`,
		`<img src=x title="a\u0000b" onerror\u0000=${call}>`, `<p lang='x" onclick="${call}'>x</p>`],
	schemes: each(schemes, url => places.map(place => place(url))),
	foreign: [...each(foreign, root => [`<${root} onload=${call}>`, `<${root}><script>${call}</script></${root}>`,
		`<${root}><a href="javascript:${call}"><text>x</text></a></${root}>`,
		`<${root}><a xlink:href="javascript:${call}"><text y=20>x</text></a></${root}>`, `<${root} href="javascript:${call}">x</${root}>`,
		`<${root}><style><img src=x onerror=${call}></style></${root}>`, `<${root}></p><style><a id="</style><img src=x onerror=${call}>">`,
		`<${root}><img src=x onerror=${call}>`, `<${root}><title><img src=x onerror=${call}></title></${root}>`]),
		`<svg><animate onbegin=${call} attributeName=x dur=1s>`, `<svg><set onbegin=${call} attributeName=x to=y>`,
		`<svg><a><animate attributeName=href values=javascript:${call} /><text y=20>x</text></a></svg>`,
		`<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='${call}'/></svg>#x"></use></svg>`,
		`<svg><foreignObject><img src=x onerror=${call}></foreignObject></svg>`, `<svg><script href="data:,${call}"/></svg>`,
		`<svg><script>&#97;lert(1)</script></svg>`,
		`<math><mi xlink:href="javascript:${call}">x</mi></math>`,
		`<math><maction actiontype="statusline#http://x" xlink:href="javascript:${call}">x</maction></math>`,
		`<math><annotation-xml encoding="text/html"><script>${call}</script></annotation-xml></math>`, `<svg><image href=x onerror=${call} />`,
		`<svg><desc><img src=x onerror=${call}></desc></svg>`],
	mutation: [...each(breakers, tag => [`<${tag}><img title="</${tag}><img src=x onerror=${call}>">`,
		`<svg><${tag}><p title="</${tag}><img src=x onerror=${call}>">`,
		`<math><mtext><${tag}><img src=x onerror=${call}>`, `<form><math><mtext></form><form><mglyph><${tag}></math><img src onerror=${call}>`,
		`<math><mtext><table><mglyph><${tag}><!--</${tag}><img title="--&gt;&lt;img src=1 onerror=${call}&gt;">`]),
		`<noscript><p title="</noscript><img src=x onerror=${call}>">`, `<!--><img src=x onerror=${call}>-->`,
		`<!--!><img src=x onerror=${call}>`, `<!-- --!><img src=x onerror=${call}> -->`,
		`<![CDATA[><img src=x onerror=${call}>]]>`, `<svg><![CDATA[><img src=x onerror=${call}>]]></svg>`,
		`<?xml ><img src=x onerror=${call}>?>`, `<!doctype x [<!entity y "<img src=x onerror=${call}>">]>&y;`,
		`<table><td><template><td></template><img src=x onerror=${call}></table>`, `<a><table><a href="javascript:${call}">x</table></a>`,
		`<b><p></b><img src=x onerror=${call}>`,
		`<pre>\n\n<img src=x onerror=${call}></pre>`, `${'<b>'.repeat(600)}<img src=x onerror=${call}>`,
		`${'<table><td>'.repeat(90)}<img src=x onerror=${call}>`, `<p>&lt;img src=x onerror=${call}&gt;<img src=x onerror=${call}>`],
	clobbering: [`<form id=test><input name=attributes onfocus=${call} autofocus></form>`,
		`<form onclick=${call}><input name=removeAttribute><input name=nodeName></form>`,
		`<img name=body src=x onerror=${call}>`, `<form><input name=childNodes></form><img src=x onerror=${call}>`,
		`<a id=defaultView href="javascript:${call}">x</a>`,
		`<form name=parentNode><img src=x onerror=${call} name=ownerDocument></form>`],
	encodings: [`+ADw-script+AD4-${call}+ADw-/script+AD4-<img src=x onerror=${call}>`, `\ufeff<script>${call}</script>`,
		`<\u0000script>${call}</script>`, `<scr\u0000ipt>${call}</script>`,
		`<img\u0000 src=x onerror=${call}>`, `<img src=x onerror\u0000=${call}>`,
		`\uff1cscript\uff1e${call}\uff1c/script\uff1e<img src=x onerror=${call}>`,
		`%3Cscript%3E${call}%3C/script%3E<img src=x onerror=${call}>`, `&lt;script&gt;${call}&lt;/script&gt;<img src=x onerror=${call}>`,
		`<ſcript>${call}</ſcript><img src=x onerror=${call}>`,
		`<İmg src=x onerror=${call}><img src=x onerror=${call}>`, `\u202e<img src=x onerror=${call}>`, `<img src=x onerror="\\u0061lert(1)">`],
	templates: [`{{constructor.constructor('${call}')()}}<img src=x onerror=${call}>`,
		`<template><img src=x onerror=${call}></template><script>${call}</script>`,
		`<div><template shadowrootmode=open><img src=x onerror=${call}></template></div>`, `{{{raw}}}<svg onload=${call}>`,
		`<slot name=x onslotchange=${call}></slot><img src=x onerror=${call}>`,
		'<%= x %><img src=x onerror=alert(1)>', '${alert(1)}<img src=x onerror=alert(1)>', `<x is=y onfocus=${call} tabindex=0 autofocus>x</x>`],
}
