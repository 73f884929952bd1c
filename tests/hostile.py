"""A hundred strings that are something to a program: markup, template, formula, header, command of a terminal."""

from __future__ import annotations

# Said by whatever gets to run: no output may do so, and no word of a text is this one.
PWNED = "pwned"

_MARKUP = (
    "<script>pwned()</script>",
    "<SCRIPT SRC=//pwned.invalid/x.js></SCRIPT>",
    "<scr<script>ipt>pwned()</scr</script>ipt>",
    "<img src=x onerror=pwned()>",
    '"><img src=x onerror="pwned()">',
    "'><svg/onload=pwned()>",
    "</title><script>pwned()</script>",
    "</style><script>pwned()</script>",
    "</textarea></noscript></template><script>pwned()</script>",
    "<svg><script>pwned()</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "<object data=data:text/html,<script>pwned()</script>></object>",
    "<embed src=javascript:pwned()>",
    "<link rel=stylesheet href=//pwned.invalid/x.css>",
    "<base href=//pwned.invalid/>",
    "<meta http-equiv=refresh content='0;url=//pwned.invalid'>",
    "<form action=//pwned.invalid><button autofocus onfocus=pwned()>",
    "<input autofocus onfocus=pwned()>",
    "<details open ontoggle=pwned()>",
    "<marquee onstart=pwned()>",
    "<video><source onerror=pwned()></video>",
    "<body onload=pwned()>",
    "<a href=javascript:pwned()>click</a>",
    "<a href=' &#106;avascript:pwned()'>click</a>",
    "<div style=\"background:url(javascript:pwned())\" onmouseover='pwned()'>",
    "<style>*{background:url(//pwned.invalid/x.png)}</style>",
    "<!-- --><script>pwned()</script><!--",
    "<!--[if gte mso 9]><script>pwned()</script><![endif]-->",
    "<?php pwned(); ?>",
    "]]><script>pwned()</script><![CDATA[",
    "<![CDATA[<script>pwned()</script>]]>",
    "<!DOCTYPE x [<!ENTITY pwned SYSTEM 'file:///etc/passwd'>]>&pwned;",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;script&#62;pwned()&#60;/script&#62;",
    "&amp;lt;script&amp;gt;",
    '" onmouseover=pwned() x="',
    "' onmouseover=pwned() x='",
    "` onmouseover=pwned() x=`",
    "\\x3cscript\\x3epwned()\\x3c/script\\x3e",
    "\uff1cscript\uff1epwned()\uff1c/script\uff1e",
    "<\x00script>pwned()</script>",
    "<script\u2028>pwned()</script>",
)
_ADDRESSES = (
    "javascript:pwned()",
    "JaVaScRiPt:pwned()",
    "java\nscript:pwned()",
    "\x01javascript:pwned()",
    "data:text/html,<script>pwned()</script>",
    "vbscript:pwned()",
    "file:///etc/passwd",
    'https://pwned.invalid/"onmouseover="pwned()',
    "https://user:pass@pwned.invalid/<script>",
    "//pwned.invalid/x",
    "https://example.org/)\n[pwned](javascript:pwned())",
)
_STYLES = (
    "expression(pwned())",
    "} body { background: url(//pwned.invalid) } {",
    "@import '//pwned.invalid/x.css';",
)
_TEMPLATES = (
    "{{ 7 * 191 }}",
    "{{ pwned }}",
    "{% raw %}{% include 'pwned' %}",
    "{# pwned #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "<% pwned() %>",
    "<%= 7 * 191 %>",
    "${7*191} #{7*191} *{7*191} @(7*191)",
    '{{ printf "%s" "pwned" }}{{ template "pwned" . }}',
    "*|LIST:UNSUB|* %recipient.pwned% {$pwned}",
    "%(pwned)s %s %n {0} {pwned!r}",
    "[[${7*191}]] __${pwned}__::.x",
)
_TEXT_FORMATS = (
    "# pwned",
    "[pwned](javascript:pwned())",
    "![pwned](https://pwned.invalid/x.png)",
    "[pwned]: javascript:pwned() 'x'",
    "<javascript:pwned()> <https://pwned.invalid>",
    "```\n<script>pwned()</script>\n```",
    "| a | b |\n|---|---|\n| pwned | x |",
    "~~pwned~~ **pwned** _pwned_ `pwned`",
    "---\ntitle: pwned\n---",
    "+++\ntitle = 'pwned'\n+++",
    "!!python/object/apply:os.system ['pwned']",
    "&anchor *alias : pwned",
    "key: [pwned, {x: y",
    "{{< pwned >}} {% pwned %} :::pwned",
)
_HEADERS = (
    "x\r\nBcc: pwned@pwned.invalid",
    "x\r\n\r\n<script>pwned()</script>",
    "x\nSubject: pwned\n",
    "=?utf-8?q?=0D=0ABcc:_pwned=40pwned.invalid?=",
    '"pwned" <pwned@pwned.invalid>, x',
    "x\u2028Bcc: pwned\u2029\x85Bcc: pwned",
)
_TERMINAL = (
    "\x1b]0;pwned\x07\x1b[2J\x1b[31mpwned",
    "\x1b]8;;https://pwned.invalid\x1b\\pwned\x1b]8;;\x1b\\",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x9b31mpwned\x9d0;pwned\x9c",
    "\x1bPpwned\x1b\\ \x1b_pwned\x1b\\ \x1b^pwned\x1b\\",
    "abc\rpwned\x08\x08\x08\x7f\x0c\x0b",
    "[bold red]pwned[/] [link=https://pwned.invalid]x[/link]",
)
_INVISIBLE = (
    "\u202epwned\u202c \u2066x\u2069 \u2067y",
    "p\u200bw\u200cn\u200de\u2060d\ufeff",
    "pwned\U000e0001\U000e0070\U000e007f",
    "a\u0300\u0301\u0302\u0303" + "\u0304" * 200,
    "\x00\x01\x02 \ufffe\uffff \ud800 \udfff",
)
_TABLES = (
    "=cmd|' /C pwned'!A0",
    "@SUM(1+1)*cmd|' /C pwned'!A0",
    '+HYPERLINK("https://pwned.invalid","x")',
    "\t=1+1",
    'a","=pwned()"\r\n"b',
)
_LONG = ("pwned" * 400,)

STRINGS: tuple[str, ...] = (
    *(
        *_MARKUP,
        *_ADDRESSES,
        *_STYLES,
        *_TEMPLATES,
        *_TEXT_FORMATS,
        *_HEADERS,
        *_TERMINAL,
        *_INVISIBLE,
        *_TABLES,
        *_LONG,
    ),
)
